import { expect, test } from 'vitest'
import { must } from '../../core/lib/must.ts'
import { senderDesk, type SenderDesk } from '../testing/sender-desk.ts'
import { deadlineMs, laneOf } from './lanes.ts'
import { resumeNumber } from './health.ts'

const soon = { timeout: 10_000, interval: 20 }
const becomes = (desk: SenderDesk, id: string, status: string) =>
  expect.poll(() => desk.status(id), soon).toBe(status)

/** What a rule has written counts as an answer. */
const anyway = { isAnyway: true }
const callbacks = async (desk: SenderDesk) =>
  (await desk.accepted()).map(({ callbackData }) => callbackData)

test('who wrote a message decides its lane, and notices and messages to many say so themselves', () => {
  const author = (kind: 'agent' | 'automation' | 'system') => ({ author: { kind, name: 'x' } })
  expect(laneOf(author('agent'))).toBe(0)
  expect(laneOf(author('automation'))).toBe(1)
  expect(laneOf({})).toBe(1)
  expect(laneOf({ ...author('agent'), lane: 'notice' })).toBe(5)
  expect(laneOf({ ...author('agent'), lane: 'bulk' })).toBe(9)
  expect(deadlineMs({}, 1000)).toBe(1000 + 15 * 60_000)
  expect(deadlineMs({ lane: 'bulk' }, 1000)).toBe(1000 + 24 * 3_600_000)
  expect(deadlineMs({ lane: 'notice', expiresAtMs: 5000 }, 1000)).toBe(5000)
})

test('people overtake rules, those notices, and those what goes to many', async () => {
  const desk = await senderDesk()
  const chats = [await desk.chat(), await desk.chat(), await desk.chat(), await desk.chat()]
  const bulk = await desk.queue(chats[0]!, { lane: 'bulk' })
  const notice = await desk.queue(chats[1]!, { lane: 'notice' })
  const rule = await desk.queue(chats[2]!)
  const person = await desk.write(chats[3]!, 'Moin')
  await desk.sender({ concurrency: 1 }).idle()
  expect(await callbacks(desk)).toEqual([person, rule, notice, bulk])
})

test('in one conversation, too, a person overtakes what goes to many', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const bulk = [await desk.queue(chat, { lane: 'bulk' }), await desk.queue(chat, { lane: 'bulk' })]
  const person = [await desk.write(chat, 'eins', anyway), await desk.write(chat, 'zwei', anyway)]
  await desk.sender().idle()
  expect(await callbacks(desk)).toEqual([...person, ...bulk])
})

test('a message for later leaves at its time, and holds nothing up until then', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const sendAtMs = Date.now() + 1500
  const later = await desk.queue(chat, { sendAtMs })
  expect(await desk.outbox(later)).toMatchObject({ state: 'scheduled' })
  const now = await desk.write(chat, 'sofort', anyway)
  const sender = desk.sender()
  await becomes(desk, now, 'accepted')
  await sender.idle()
  expect(await desk.status(later)).toBe('queued')
  await becomes(desk, later, 'accepted')
  expect((await desk.message(later)).statusAt.accepted).toBeGreaterThanOrEqual(sendAtMs)
})

test('a notice that is of no use any more does not leave, even if its number was paused', async () => {
  const desk = await senderDesk()
  await desk.log.write(async (tx) => {
    const number = must(await tx.get('number', desk.number.id), 'number')
    tx.put({ entity: 'number', row: { ...number, health: 'paused' } })
  })
  const expiresAtMs = Date.now() + 300
  const notice = await desk.queue(await desk.chat(), { lane: 'notice', expiresAtMs })
  const person = await desk.write(await desk.chat(), 'Moin')
  const longAgo = new Date(Date.now() - 1000)
  await desk.db
    .updateTable('outbox')
    .set({ expires_at: longAgo })
    .where('id', '=', person)
    .execute()
  const sender = desk.sender()
  await becomes(desk, notice, 'failed')
  expect((await desk.message(notice)).error).toMatchObject({ code: 'expired' })
  expect(await desk.status(person)).toBe('queued')

  await desk.log.write((tx) => resumeNumber(tx, desk.number.id))
  sender.wake()
  await becomes(desk, person, 'accepted')
  expect(await callbacks(desk)).toEqual([person])
})

test('what would reach WhatsApp after the 24 hours is not even called for', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const id = await desk.write(chat, 'Moin')
  await desk.log.write(async (tx) => {
    const conversation = must(await tx.get('conversation', chat.conversationId), 'conversation')
    const row = { ...conversation, windowExpiresAtMs: tx.nowMs - 1 }
    tx.put({ entity: 'conversation', row })
  })
  desk.sender()
  await becomes(desk, id, 'failed')
  expect((await desk.message(id)).error).toMatchObject({ code: 'window-closed' })
  expect(await desk.outbox(id)).toMatchObject({ state: 'failed', attempt: 0 })
})

test('the forty-sixth message to one contact waits, and others pass it', async () => {
  const desk = await senderDesk()
  const busy = await desk.chat()
  const ids: string[] = []
  for (let index = 0; index < 47; index += 1) ids.push(await desk.write(busy, `Nummer ${index}`))
  desk.sender()
  await becomes(desk, ids[44]!, 'accepted')
  const other = await desk.write(await desk.chat(), 'Moin')
  await becomes(desk, other, 'accepted')
  await expect
    .poll(async () => (await desk.outbox(ids[45]!))?.not_before.getTime() ?? 0, soon)
    .toBeGreaterThan(Date.now())
  expect((await desk.accepted()).length).toBe(46)
}, 30_000)

test('a refused token stops the number with one alarm, however many calls it met', async () => {
  const desk = await senderDesk()
  const ids: string[] = []
  for (let index = 0; index < 6; index += 1) ids.push(await desk.write(await desk.chat(), 'Moin'))
  const good = desk.client()
  let client = desk.client({ token: 'EAA-expired' })
  const sender = desk.sender({ clientFor: () => client })
  await expect.poll(async () => (await desk.ownNumber()).health, soon).toBe('paused')
  await sender.idle()
  expect(desk.alerts).toEqual([{ kind: 'number-paused', subject: desk.number.id, code: 190 }])
  for (const id of ids) expect(await desk.outbox(id)).toMatchObject({ state: 'queued' })

  client = good
  await desk.log.write((tx) => resumeNumber(tx, desk.number.id))
  sender.wake()
  for (const id of ids) await becomes(desk, id, 'accepted')
  expect(desk.alerts).toHaveLength(1)
})

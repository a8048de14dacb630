import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { windowMs } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import type { MutatorArgs } from '../../core/mutators/all.ts'
import type { Desk } from '../../core/replica/desk.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { enqueueSends } from '../../server/sender/enqueue.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
let firm: ReturnType<typeof firmOn>
let anna: User
let id: ConversationId
let question: MessageId
const seats: Seat[] = []
/** How far their clocks are off. */
const clock = { offMs: 0 }

type Seat = Awaited<ReturnType<typeof sitDown>>
const soon = { timeout: 10_000, interval: 20 }

beforeAll(async () => {
  server = await startSync(db, [enqueueSends])
  firm = firmOn(server.log)
  anna = await firm.employs({ name: 'Anna Krüger' })
})
afterAll(() => server.close())

beforeEach(async () => {
  clock.offMs = 0
  for (const seat of seats.splice(0)) seat.desk.link.stop()
  id = await firm.begins()
  question = await firm.hears(id, 'Wo bleibt mein Paket?')
  await firm.places(id, { windowExpiresAtMs: Date.now() + windowMs })
})

async function sit(): Promise<Seat> {
  const seat = await sitDown(server.port, anna, createMemoryDisk(), () => Date.now() + clock.offMs)
  seats.push(seat)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat
}

/** Does something as if it had been so many minutes ago. */
async function agoMs(minutes: number, deed: () => Promise<void>): Promise<void> {
  clock.offMs = -minutes * 60_000
  await deed()
  clock.offMs = 0
}
const shown = (desk: Desk, messageId: MessageId) =>
  desk.views.thread(id, 100).messages.find((message) => message.id === messageId)
/** Messages that wait to go to WhatsApp. */
async function leaving(): Promise<string[]> {
  const rows = db.selectFrom('outbox').select('id').where('conversation_id', '=', id)
  return (await rows.where('kind', '=', 'message').execute()).map((row) => row.id)
}

const note = ({ desk }: Seat, text: string) =>
  desk.perform('note.add', { id: newId() as MessageId, conversationId: id, text })
const send = ({ desk }: Seat, given: Partial<MutatorArgs<'message.send'>> = {}) =>
  desk.perform('message.send', {
    id: newId() as MessageId,
    conversationId: id,
    body: { type: 'text', text: 'Moment' },
    basedOn: question,
    ...given,
  })
const statusOf = async (messageId: MessageId) => {
  const row = db.selectFrom('message').select('data').where('id', '=', messageId)
  return (await row.executeTakeFirst())?.data.status
}
const isThrough = ({ desk }: Seat) =>
  expect.poll(() => desk.replica.outbox.pending.length, soon).toBe(0)
const texts = ({ desk }: Seat) =>
  desk.views.thread(id, 1000).messages.flatMap(({ text }) => text ?? [])

test('characters that no server can keep are left out where they are typed, and hold nothing up', async () => {
  const seat = await sit()
  await expect(note(seat, '\u0000')).rejects.toMatchObject({ code: 'bad-request' })
  await note(seat, 'a\u0000b')
  await note(seat, 'danach')
  expect(texts(seat).slice(-2)).toEqual(['ab', 'danach'])
  await isThrough(seat)
  expect(texts(seat).slice(-2)).toEqual(['ab', 'danach'])
  expect(seat.desk.refusals()).toEqual([])
})

test('a deed that the server’s database does not take comes back refused, and those behind it go on', async () => {
  const seat = await sit()
  await sql`
    create unique index one_text on message ((data->>'text')) where conversation_id = ${sql.lit(id)}
  `.execute(db)
  for (const text of ['eins', 'eins', 'zwei']) await note(seat, text)
  await isThrough(seat)
  expect(texts(seat)).toEqual(['Wo bleibt mein Paket?', 'eins', 'zwei'])
  expect(seat.desk.refusals()).toMatchObject([{ code: 'internal', message: { text: 'eins' } }])
  await sql`drop index one_text`.execute(db)
})

test('a hundred long notes written without a server all arrive', async () => {
  const seat = await sit()
  seat.desk.link.stop()
  for (let count = 0; count < 100; count += 1) await note(seat, '你'.repeat(4000))
  seat.desk.link.start()
  await isThrough(seat)
  expect(texts(seat)).toHaveLength(101)
})

test('a message larger than the server takes at once is refused where it is written', async () => {
  const seat = await sit()
  const card = {
    name: { formatted_name: 'Ada', first_name: 'Ada' },
    addresses: Array.from({ length: 50 }, () => ({ city: 'x'.repeat(1000) })),
  }
  const cards = Array.from({ length: 6 }, () => card)
  await expect(send(seat, { body: { type: 'contacts', cards } })).rejects.toMatchObject({
    code: 'too-large',
  })
  expect(seat.desk.replica.outbox.pending).toEqual([])
})

test('what is written while the copy of a new history is still coming was never sent before, and leaves', async () => {
  const seat = await sit()
  await server.goAway()
  const before = newId() as MessageId
  await send(seat, { id: before })
  await db.updateTable('lane').set({ epoch: newId() }).execute()
  server.pages.left = 0
  await server.comeBack()
  await expect.poll(() => seat.desk.link.isOnline, soon).toBe(true)
  expect(seat.desk.hasRows).toBe(true)
  const during = newId() as MessageId
  await send(seat, { id: during })
  server.pages.left = Infinity
  await isThrough(seat)
  expect([await statusOf(before), await statusOf(during)]).toEqual(['uncertain', 'queued'])
})

test('a console that has to fork goes on showing what it holds, and what is written meanwhile leaves', async () => {
  const seat = await sit()
  await note(seat, 'eins')
  await isThrough(seat)
  const copy = seat.disk.copy()
  await note(seat, 'zwei')
  await isThrough(seat)
  seat.desk.link.stop()
  server.pages.left = 0
  const restored = await sitDown(server.port, anna, copy)
  seats.push(restored)
  const { replica } = restored.desk
  const known = replica.outbox.replica
  await expect.poll(() => replica.outbox.replica, soon).not.toBe(known)
  expect(restored.desk.hasRows).toBe(true)
  const reply = newId() as MessageId
  await send(restored, { id: reply })
  server.pages.left = Infinity
  await isThrough(restored)
  expect(texts(restored)).toEqual(['Wo bleibt mein Paket?', 'eins', 'zwei', 'Moment'])
  expect(await statusOf(reply)).toBe('queued')
})

test('a reply that waited while the customer wrote again is held, and leaves when somebody sends it anyway', async () => {
  const [seat, other] = [await sit(), await sit()]
  seat.desk.link.stop()
  const [held, prompt] = [newId() as MessageId, newId() as MessageId]
  await agoMs(11, () => send(seat, { id: held }))
  const newer = await firm.hears(id, 'Hat sich erledigt!')
  await seat.restart()
  await isThrough(seat)
  expect(await statusOf(held)).toBe('held')
  expect(await leaving()).toEqual([])
  for (const { desk } of [seat, other]) {
    await expect.poll(() => shown(desk, held)?.status, soon).toBe('held')
    expect(desk.conversation(id)).toMatchObject({
      lastReply: null,
      lastMessage: { status: 'held' },
    })
    expect(desk.conversation(id).waitingSinceMs).not.toBeNull()
  }
  await seat.restart()
  expect(shown(seat.desk, held)?.status).toBe('held')

  await send(other, { id: prompt, isAnyway: true, resendOf: held, basedOn: newer })
  await other.desk.perform('message.dismiss', { id: held })
  await isThrough(other)
  await expect.poll(() => shown(seat.desk, held)?.status, soon).toBe('failed')
  expect(await leaving()).toEqual([prompt])
})

test('a reply that waited and was not overtaken leaves, as does one that was answered within minutes', async () => {
  const seat = await sit()
  const waits: [number, MessageId, object][] = [
    [11, newId() as MessageId, {}],
    [9, newId() as MessageId, { basedOn: null }],
    [11, newId() as MessageId, { basedOn: null, isAnyway: true }],
  ]
  seat.desk.link.stop()
  for (const [minutes, replyId, given] of waits)
    await agoMs(minutes, () => send(seat, { id: replyId, ...given }))
  seat.desk.link.start()
  await isThrough(seat)
  expect((await leaving()).sort()).toEqual(waits.map(([, replyId]) => replyId).sort())
})

test('a clock that is a day behind makes nobody ask', async () => {
  clock.offMs = -24 * 3_600_000
  const seat = await sit()
  await expect.poll(() => seat.desk.replica.clockOffsetMs, soon).toBeGreaterThan(3_600_000)
  const reply = newId() as MessageId
  await send(seat, { id: reply, basedOn: null })
  await isThrough(seat)
  expect(await statusOf(reply)).toBe('queued')
})

test('a refusal that is done after all is done once, however often that is asked at once', async () => {
  const seat = await sit()
  seat.desk.link.stop()
  await send(seat)
  const { name: authorName, id: authorId } = await firm.employs({ name: 'Cem Yıldız' })
  const lastReply = { messageId: newId() as MessageId, ord: 2, authorId, authorName, atMs: 0 }
  await firm.places(id, { lastReply })
  seat.desk.link.start()
  await isThrough(seat)
  const [refusal] = seat.desk.refusals()
  const { muid } = must(refusal, 'refusal')
  await Promise.all([seat.desk.retry(muid), seat.desk.retry(muid)])
  await isThrough(seat)
  expect(texts(seat)).toEqual(['Wo bleibt mein Paket?', 'Moment'])
  expect(seat.desk.refusals()).toEqual([])
})

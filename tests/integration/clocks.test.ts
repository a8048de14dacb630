import { afterAll, beforeAll, expect, test } from 'vitest'
import { withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId, UserId } from '../../core/domain/ids.ts'
import type { Platform } from '../../core/lib/clock.ts'
import { Desk } from '../../core/replica/desk.ts'
import { Replica } from '../../core/replica/replica.ts'
import { aContact, aConversation, aMessage, aNumber, aUser } from '../../core/testing/examples.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { aMachine, newId, serverAt, silentAnnounce, startSync } from '../support/desks.ts'

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
const user = aUser({ id: newId() as UserId })
const conversationId = newId() as ConversationId
const soon = { timeout: 15_000, interval: 20 }
const hourMs = 3_600_000
const seats: { desk: Desk; replica: Replica }[] = []

beforeAll(async () => {
  server = await startSync(db)
  const number = aNumber({ id: newId() as never })
  const contact = aContact({ id: newId() as never })
  const ids = { id: conversationId, numberId: number.id, contactId: contact.id }
  const message = aMessage({ conversationId, numberId: number.id, sentAtMs: Date.now() })
  await server.log.write(async (tx) => {
    tx.put({ entity: 'user', row: user })
    tx.put({ entity: 'number', row: number })
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'message', row: message })
    tx.put({ entity: 'conversation', row: withMessage(aConversation(ids), message) })
  })
})
afterAll(async () => {
  for (const { desk } of seats) desk.link.stop()
  await server.close()
})

/** Somebody whose machine’s clock is off by `offMs.now`, and may be set while they work. */
async function sitDown(offMs: { now: number }) {
  const machine = aMachine(createMemoryDisk(), [])
  const platform: Platform = { ...machine.platform, nowMs: () => Date.now() + offMs.now }
  const replica = await Replica.open(createMemoryDisk(), platform)
  const its = { ...machine, platform }
  const desk = new Desk(its, replica, user, silentAnnounce, serverAt(server.port, user.id))
  desk.link.start()
  seats.push({ desk, replica })
  await expect.poll(() => desk.link.isSynced, soon).toBe(true)
  return { desk, replica }
}

function note({ desk }: { desk: Desk }, text: string): Promise<void> {
  return desk.perform('note.add', { id: newId() as MessageId, conversationId, text })
}

async function notes(): Promise<{ text: string; sentAtMs: number }[]> {
  const rows = await db.selectFrom('message').select('data').orderBy('ord').execute()
  return rows.flatMap(({ data }) =>
    data.type === 'note' ? [{ text: data.text ?? '', sentAtMs: data.sentAtMs }] : [],
  )
}

test('P14, row 15: clocks that are wrong, and that are set while people work, reorder and lose nothing', async () => {
  const offsets = [-24 * hourMs, 24 * hourMs, -hourMs].map((now) => ({ now }))
  const people = await Promise.all(offsets.map((offset) => sitDown(offset)))
  const startedAtMs = Date.now()
  const written: string[] = []
  for (let round = 0; round < 4; round += 1) {
    for (const [index, person] of people.entries()) {
      const text = `Runde ${round}, Uhr ${index}`
      await note(person, text)
      await expect.poll(() => person.replica.outbox.pending, soon).toEqual([])
      written.push(text)
      offsets[index]!.now = -offsets[index]!.now // set the other way, by as much as two days
    }
  }
  const stored = await notes()
  expect(stored.map(({ text }) => text)).toEqual(written)
  for (const { sentAtMs } of stored) {
    expect(sentAtMs).toBeGreaterThanOrEqual(startedAtMs)
    expect(sentAtMs).toBeLessThanOrEqual(Date.now())
  }
  for (const { desk } of people) {
    const shown = () =>
      desk.views
        .thread(conversationId, 100)
        .messages.flatMap(({ type, text }) => (type === 'note' ? [text] : []))
    await expect.poll(shown, soon).toEqual(written)
  }
})

test('P14: how far a clock is off is known, so that countdowns are right', async () => {
  const { replica } = await sitDown({ now: 3 * hourMs })
  await expect.poll(() => Math.abs(replica.clockOffsetMs + 3 * hourMs), soon).toBeLessThan(5_000)
})

test('P14: what was written while the clock stood a year back arrives, and the newest of it last', async () => {
  const offset = { now: -365 * 24 * hourMs }
  const person = await sitDown(offset)
  await server.goAway()
  await note(person, 'vor einem Jahr')
  offset.now = 0
  await note(person, 'heute')
  await server.comeBack()
  await expect.poll(() => person.replica.outbox.pending, { ...soon, timeout: 30_000 }).toEqual([])
  expect((await notes()).slice(-2).map(({ text }) => text)).toEqual(['vor einem Jahr', 'heute'])
})

import { afterAll, beforeEach, expect, test } from 'vitest'
import type { ConversationId, MessageId, TeamId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import type { Base } from '../../core/replica/base.ts'
import { trimMessages } from '../../core/replica/trim.ts'
import { aContact, aConversation } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { eager, newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'
import { sharedRowsOf } from '../support/rows.ts'

const { db } = await testDatabase()
const server = await startSync(db, [], eager)
const firm = firmOn(server.log)
afterAll(() => server.close())
const soon = { timeout: 15_000, interval: 10 }
const hourMs = 60 * 60 * 1000

type Seat = Awaited<ReturnType<typeof sitDown>>
const seats: Seat[] = []
let cem: User
let mine: ConversationId
let other: ConversationId

beforeEach(async () => {
  for (const seat of seats.splice(0)) seat.desk.link.stop()
  cem = await firm.employs({ sees: 'teams' })
  mine = await firm.begins()
  other = await firm.begins({ assigneeId: cem.id })
  for (const id of [mine, other]) await firm.hears(id, 'Guten Tag')
  server.compared.mismatches.length = 0
  server.pages.left = Infinity
  server.faults.length = 0
})

/** Somebody at work whose copy came long ago. */
async function aSeat(): Promise<Seat> {
  const seat = await sitDown(server.port, cem)
  seats.push(seat)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  await isCompared(2)
  seat.clock.aheadMs = hourMs
  return seat
}

/** Waits until so many digests more were sent. */
async function isCompared(times: number): Promise<void> {
  const { sent } = server.compared
  await expect.poll(() => server.compared.sent, soon).toBeGreaterThanOrEqual(sent + times)
}

async function isWholeAgain(seat: Seat): Promise<void> {
  const fresh = await sitDown(server.port, cem)
  seats.push(fresh)
  await expect.poll(() => fresh.desk.link.isSynced, soon).toBe(true)
  const [one, two] = [seat.desk.replica, fresh.desk.replica]
  await expect.poll(() => sharedRowsOf(one, two), soon).toEqual(sharedRowsOf(two, one))
}

const kinds = () => [...new Set(server.compared.mismatches.flatMap(({ found }) => found))]
const note = (seat: Seat, text: string) =>
  seat.desk.perform('note.add', { id: newId() as MessageId, conversationId: mine, text })

const spoilings: [what: string, kind: string, spoil: (base: Base) => void][] = [
  ['a contact is missing', 'ws', (base) => base.remove('contact', contactOf(base))],
  ['a conversation is missing', 'team', (base) => base.remove('conversation', mine)],
  ['one of theirs is missing', 'user', (base) => base.remove('conversation', other)],
  ['a message is missing', 'messages', (base) => base.remove('message', messageOf(base).id)],
  [
    'a message is older than it says',
    'messages',
    (base) => base.put({ entity: 'message', row: messageOf(base) }, 1),
  ],
  [
    'a contact is there that is none of theirs',
    'ws',
    (base) => base.put({ entity: 'contact', row: aContact({ id: newId() as never }) }, 1),
  ],
  [
    'a conversation is there that they may not see',
    'unseen',
    (base) => base.put({ entity: 'conversation', row: unseen() }, 1),
  ],
]

const contactOf = (base: Base) => must(base.get('conversation', mine), 'conversation').contactId
const messageOf = (base: Base) => must(base.messages(mine)[0], 'message')
const unseen = () => aConversation({ id: newId() as ConversationId, teamId: newId() as TeamId })

test.each(spoilings)(
  'P4: %s: the server hears of it, and the console puts itself right',
  async (_what, kind, spoil) => {
    const seat = await aSeat()
    await seat.desk.replica.putDraft({
      conversationId: mine,
      text: 'angefangen',
      mode: 'reply',
      updatedAtMs: 1,
    })
    spoil(seat.desk.replica.base)
    await expect.poll(() => server.compared.mismatches.length, soon).toBeGreaterThan(0)
    expect(kinds().map((one) => one.kind)).toContain(kind)
    expect(server.compared.mismatches[0]).toMatchObject({ isHealing: true })
    expect(JSON.stringify(server.compared.mismatches)).not.toContain(mine)
    await isWholeAgain(seat)
    expect(seat.desk.drafts.view(mine)?.text).toBe('angefangen')
    expect(seat.faults.map(String)).toEqual([expect.stringContaining('the copy differs')])
    await isCompared(3)
    expect(server.compared.mismatches).toHaveLength(1)
  },
)

test('P4: a row that was taken from the server’s tables by hand goes from consoles too', async () => {
  const seat = await aSeat()
  const contact = contactOf(seat.desk.replica.base)
  await db.deleteFrom('contact').where('id', '=', contact).execute()
  await expect.poll(() => seat.desk.replica.base.get('contact', contact), soon).toBeUndefined()
  await isWholeAgain(seat)
})

test('what is done while a copy is fetched anew is done once', async () => {
  const seat = await aSeat()
  seat.desk.replica.base.remove('conversation', other)
  for (let count = 0; count < 30; count += 1) await note(seat, `Notiz ${count}`)
  await expect.poll(() => server.compared.mismatches.length, soon).toBe(1)
  for (let count = 30; count < 60; count += 1) await note(seat, `Notiz ${count}`)
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  await isWholeAgain(seat)
  const rows = await db
    .selectFrom('message')
    .select(['data'])
    .where('conversation_id', '=', mine)
    .where('direction', '=', 'note')
    .orderBy('ord')
    .execute()
  const texts = Array.from({ length: 60 }, (_, count) => `Notiz ${count}`)
  expect(rows.map(({ data }) => data.text)).toEqual(texts)
})

test('what differs again within the hour is told, and nothing is fetched for it', async () => {
  const seat = await aSeat()
  seat.desk.replica.base.remove('conversation', other)
  await isWholeAgain(seat)
  await isCompared(2)
  server.compared.mismatches.length = 0
  server.pages.answered.length = 0
  seat.desk.replica.base.remove('conversation', other)
  await expect.poll(() => server.compared.mismatches.length, soon).toBeGreaterThan(2)
  expect(server.compared.mismatches.every(({ isHealing }) => !isHealing)).toBe(true)
  expect(server.pages.answered).toEqual([])

  await seat.restart()
  await isCompared(3)
  expect(server.pages.answered).toEqual([])
  seat.clock.aheadMs += hourMs
  seat.desk.replica.base.remove('conversation', mine)
  await isWholeAgain(seat)
})

test('a copy that could not be fetched whole is fetched with the next digests', async () => {
  const seat = await aSeat()
  server.pages.left = 0
  seat.desk.replica.base.remove('conversation', other)
  await expect.poll(() => server.compared.mismatches.length, soon).toBeGreaterThan(1)
  server.pages.left = Infinity
  await isWholeAgain(seat)
})

test('conversations that come and go, and messages that come and are let go of, differ nowhere', async () => {
  const seat = await aSeat()
  for (let round = 0; round < 8; round += 1) {
    for (let count = 0; count < 10; count += 1) await firm.hears(mine, `Zeile ${round} ${count}`)
    await firm.places(other, { assigneeId: round % 2 === 0 ? null : cem.id })
    await firm.places(mine, { teamId: round % 4 === 3 ? (newId() as TeamId) : null })
    if (round % 3 === 0) trimMessages(seat.desk.replica.base, 3)
    if (round % 3 === 1) await seat.restart()
    await isCompared(1)
  }
  expect(server.compared.mismatches).toEqual([])
  expect(server.faults).toEqual([])
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withMessage } from '../../core/domain/conversation.ts'
import { entityNames, type Change } from '../../core/domain/entities.ts'
import type { ConversationId, MessageId, UserId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { must } from '../../core/lib/must.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import type { Manifest } from '../../core/replica/records.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { aContact, aConversation, aMessage, aNumber, aUser } from '../../core/testing/examples.ts'
import { trimLog } from '../../server/jobs/trim-log.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { eager, newId, sitDown, startSync } from '../support/desks.ts'

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
type Seat = Awaited<ReturnType<typeof sitDown>>
const seats: Seat[] = []
const anna = aUser({ id: newId() as UserId, email: 'anna@example.org' })
const number = aNumber({ id: newId() as never, phoneNumberId: newId() })
const soon = { timeout: 15_000, interval: 20 }

beforeAll(async () => {
  server = await startSync(db, [], eager)
  await write({ entity: 'user', row: anna }, { entity: 'number', row: number })
})
afterAll(async () => {
  await server.close()
  expect(server.compared.mismatches).toEqual([])
})
beforeEach(() => {
  for (const seat of seats.splice(0)) seat.desk.link.stop()
  server.pages.left = Infinity
})

function write(...changes: Change[]) {
  return server.log.write(async (tx) => {
    for (const { entity, row } of changes) await tx.load(entity, [row.id])
    changes.forEach((change) => tx.put(change))
  })
}

/** More rows than fit on two pages. */
async function manyContacts(): Promise<void> {
  const contacts = Array.from({ length: 4_200 }, () => aContact({ id: newId() as never }))
  await server.log.write(async (tx) =>
    contacts.forEach((row) => tx.put({ entity: 'contact', row })),
  )
}

/** An open conversation of so many messages, a minute apart. */
async function aThread(count: number): Promise<ConversationId> {
  const contact = aContact({ id: newId() as never })
  let conversation = aConversation({
    id: newId() as ConversationId,
    numberId: number.id,
    contactId: contact.id,
  })
  const messages: Message[] = []
  for (let ord = 1; ord <= count; ord += 1) {
    const id = newId() as MessageId
    const sentAtMs = Date.now() - (count - ord) * 60_000
    const given = { id, wamid: `wamid.${id}`, text: `Zeile ${ord}`, ord, sentAtMs }
    const where = { conversationId: conversation.id, numberId: number.id }
    messages.push(aMessage({ ...given, ...where, receivedAtMs: sentAtMs }))
    conversation = withMessage(conversation, must(messages.at(-1), 'message'))
  }
  await write(
    { entity: 'contact', row: contact },
    { entity: 'conversation', row: conversation },
    ...messages.map((row): Change => ({ entity: 'message', row })),
  )
  return conversation.id
}

async function sit(disk = createMemoryDisk()): Promise<Seat> {
  const seat = await sitDown(server.port, anna, disk)
  seats.push(seat)
  return seat
}

const isSynced = (seat: Seat) => expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)

/** What the replica holds is what the server has, as far back as it holds threads. */
async function expectWhole({ desk }: Seat): Promise<void> {
  const { base } = desk.replica
  for (const entity of entityNames) {
    const held = new Map([...base.held(entity)].map(([rev, { id }]) => [id, rev]))
    const rows = await db.selectFrom(entity).select(['id', 'rev', 'data']).execute()
    const expected = rows.filter(({ id, data }) => {
      if (entity !== 'message' || held.has(id)) return true
      const { conversationId, sentAtMs } = data as Message // a row of its own table
      return sentAtMs >= base.heldFromMs(conversationId)
    })
    expect(held).toEqual(new Map(expected.map(({ id, rev }) => [id, rev])))
  }
}

test('P12: a snapshot that was cut goes on where it was, after a power cut as well', async () => {
  await manyContacts()
  server.pages.answered.length = 0
  server.pages.left = 2
  const seat = await sit()
  const staged = async () => (await seat.disk.journal('staging').read()).records.length
  await expect.poll(staged, soon).toBe(3) // what it is about, and two pages
  seat.desk.link.stop()
  expect(seat.desk.hasRows).toBe(false)
  const [first, second] = server.pages.answered

  server.pages.left = Infinity
  await seat.restart({ isPowerCut: true, keepUnsynced: Infinity })
  await isSynced(seat)
  await expectWhole(seat)
  expect(await staged()).toBe(0)
  const again = server.pages.answered.slice(2)
  expect(again.length).toBeGreaterThan(0)
  expect(again).not.toContain(first)
  expect(again).not.toContain(second)
})

test('P12: a whole new copy leaves what is on screen alone until it is there, and deeds as they are', async () => {
  const id = await aThread(3)
  const seat = await sit()
  await isSynced(seat)
  await server.goAway()
  const note = { id: newId() as MessageId, conversationId: id, text: 'ohne Server' }
  await seat.desk.perform('note.add', note)
  await db.updateTable('lane').set({ epoch: newId() }).execute()
  server.pages.left = 0
  await server.comeBack()
  await expect.poll(() => seat.desk.link.isOnline, soon).toBe(true)
  const texts = () => seat.desk.views.thread(id, 10).messages.map(({ text }) => text)
  expect(texts()).toEqual(['Zeile 1', 'Zeile 2', 'Zeile 3', 'ohne Server'])

  server.pages.left = Infinity
  await isSynced(seat)
  await expect.poll(() => seat.desk.replica.outbox.pending, soon).toEqual([])
  expect(texts()).toEqual(['Zeile 1', 'Zeile 2', 'Zeile 3', 'ohne Server'])
  await expectWhole(seat)
})

test('P4: what changes while the pages come is in the replica as it is in the end', async () => {
  const ids = [await aThread(60), await aThread(5)]
  const seat = await sit()
  let isOver = false
  const trouble = (async () => {
    for (let count = 1; !isOver && count < 200; count += 1) {
      await server.log.write(async (tx) => {
        const conversationId = must(ids[count % 2], 'conversation')
        const conversation = must(await tx.get('conversation', conversationId), 'conversation')
        const id = newId() as MessageId
        const ord = conversation.lastOrd + 1
        const message = aMessage({ id, wamid: `wamid.${id}`, conversationId, ord })
        const row = { ...message, numberId: conversation.numberId, sentAtMs: Date.now() }
        tx.put({ entity: 'message', row })
        tx.put({ entity: 'conversation', row: withMessage(conversation, row) })
      })
    }
  })()
  await isSynced(seat)
  isOver = true
  await trouble
  const head = async () => (await db.selectFrom('lane').select('head').executeTakeFirst())?.head
  await expect
    .poll(async () => seat.desk.replica.cursor?.seq['0'] === (await head()), soon)
    .toBe(true)
  await expectWhole(seat)
})

test('older messages are fetched by who goes back to them, and are no part of the replica', async () => {
  const id = await aThread(130)
  const seat = await sit()
  await isSynced(seat)
  const { desk } = seat
  const ask = (limit: number, isDeep: boolean) => desk.thread({ conversationId: id, limit, isDeep })

  const first = await ask(60, false)
  expect(first.messages).toHaveLength(50)
  expect(first).toMatchObject({ hasOlder: true })
  const deeper = await ask(100, true)
  expect(deeper.messages.map(({ text }) => text)).toEqual(lines(31, 130))
  const all = await ask(240, true)
  expect(all.messages.map(({ text }) => text)).toEqual(lines(1, 130))
  expect(all.hasOlder).toBe(false)
  expect(
    [...desk.replica.base.all('message')].filter((one) => one.conversationId === id),
  ).toHaveLength(50)
})

test('what is done to a message that only the server has shows where that message is', async () => {
  const id = await aThread(80)
  const seat = await sit()
  await isSynced(seat)
  const ask = () => seat.desk.thread({ conversationId: id, limit: 100, isDeep: true })
  const messageId = must((await ask()).messages[0], 'message').id
  await server.goAway()
  const reaction = { id: newId() as MessageId, conversationId: id, messageId, emoji: '👍' }
  await seat.desk.perform('message.react', reaction)
  const emoji = async () => (await ask()).messages[0]?.reactions.map((one) => one.emoji)
  expect(await emoji()).toEqual(['👍'])
  expect((await ask()).messages).toHaveLength(80)

  await server.comeBack()
  await expect.poll(() => seat.desk.replica.outbox.pending, soon).toEqual([])
  expect(seat.desk.refusals()).toEqual([])
  expect(await emoji()).toEqual(['👍'])
  expect((await ask()).messages).toHaveLength(80)
})

test('without a server the thread ends where this machine’s copy does, and says so', async () => {
  const id = await aThread(70)
  const seat = await sit()
  await isSynced(seat)
  await server.goAway()
  try {
    const page = await seat.desk.thread({ conversationId: id, limit: 100, isDeep: true })
    expect(page.messages.map(({ text }) => text)).toEqual(lines(21, 70))
    expect(page).toMatchObject({ hasOlder: true, isCutOff: true })
  } finally {
    await server.comeBack()
  }
})

test('a refusal whose answer was lost on the way is told with the next one', async () => {
  const id = await aThread(2)
  const seat = await sit()
  await isSynced(seat)
  await server.goAway()
  const { desk } = seat
  const { outbox } = desk.replica
  const id2 = newId() as MessageId
  await desk.perform('note.add', { id: id2, conversationId: id, text: 'eins' })
  const deed = must(outbox.pending[0], 'deed')
  // The server did it and refused it; the line broke before it could say so.
  await db
    .insertInto('mutation')
    .values({
      muid: deed.muid,
      replica: outbox.replica,
      mid: deed.mid,
      name: deed.name,
      args_hash: '',
      result: JSON.stringify({ ok: false, code: 'forbidden' }),
    })
    .execute()
  await db
    .updateTable('replica')
    .set({ lmid: deed.mid, lmuid: deed.muid })
    .where('id', '=', outbox.replica)
    .execute()
  await server.comeBack()
  await expect.poll(() => desk.refusals().map(({ code }) => code), soon).toEqual(['forbidden'])
})

function lines(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `Zeile ${from + index}`)
}

test('P12, row 19: who was away for a month with a copy of an older release gets a new one, and their work arrives once', async () => {
  const id = await aThread(4)
  const seat = await sit()
  await isSynced(seat)
  await seat.desk.replica.fold()
  seat.desk.link.stop()
  await seat.desk.perform('note.add', {
    id: newId() as MessageId,
    conversationId: id,
    text: 'vor dem Urlaub',
  })
  await seat.desk.replica.close()
  const found = must(await seat.disk.document<Manifest>('manifest').read(), 'manifest')
  const { windows: _none, ...before } = found
  await seat.disk.document<Manifest>('manifest').write(before) // as version 0.1 wrote it

  await write({ entity: 'contact', row: aContact({ id: newId() as never }) })
  await trimLog({ db, nowMs: () => Date.now() + 31 * 86_400_000 })
  server.pages.answered.length = 0
  await seat.restart()
  await isSynced(seat)
  expect(server.pages.answered.length).toBeGreaterThan(0)
  await expect.poll(() => seat.desk.replica.outbox.pending, soon).toEqual([])
  await expectWhole(seat)
  const texts = seat.desk.views.thread(id, 10).messages.map(({ text }) => text)
  expect(texts).toEqual(['Zeile 1', 'Zeile 2', 'Zeile 3', 'Zeile 4', 'vor dem Urlaub'])
})

test('P4: a console takes its rows anew after an update, once, and goes on as before', async () => {
  const id = await aThread(3)
  const seat = await sit()
  await isSynced(seat)
  await seat.desk.replica.fold()
  seat.desk.link.stop()
  await seat.desk.replica.close()
  const manifest = seat.disk.document<Manifest>('manifest')
  const { rowsProto, ...before } = must(await manifest.read(), 'manifest')
  expect(rowsProto).toBe(protocolVersion)
  await manifest.write(before) // as a release wrote it that did not say so

  for (const isAnew of [true, false]) {
    server.pages.answered.length = 0
    await seat.restart()
    await isSynced(seat)
    expect(server.pages.answered.length > 0).toBe(isAnew)
    expect(seat.desk.replica.base.messages(id)).toHaveLength(3)
  }
})

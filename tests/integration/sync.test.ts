import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId, UserId } from '../../core/domain/ids.ts'
import { aContact, aConversation, aMessage, aNumber, aUser } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { eager, newId, sitDown, startSync } from '../support/desks.ts'

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
const anna = aUser({ id: newId() as UserId, name: 'Anna Krüger', email: 'anna@example.org' })
const cem = aUser({ id: newId() as UserId, name: 'Cem Yıldız', email: 'cem@example.org' })
let id: ConversationId
let question: MessageId
const seats: Awaited<ReturnType<typeof sitDown>>[] = []

const soon = { timeout: 10_000, interval: 20 }
const text = (value: string) => ({ type: 'text' as const, text: value })
const texts = (seat: {
  desk: { views: { thread(id: ConversationId, limit: number): { messages: { text?: string }[] } } }
}) => seat.desk.views.thread(id, 100).messages.flatMap((message) => message.text ?? [])

async function seatFor(user: typeof anna) {
  const seat = await sitDown(server.port, user)
  seats.push(seat)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat
}

async function customerWrites(words: string) {
  const messageId = newId() as MessageId
  await server.log.write(async (tx) => {
    const conversation = await tx.get('conversation', id)
    if (conversation === undefined) throw new Error('no conversation')
    const message = aMessage({
      id: messageId,
      wamid: `wamid.${messageId}`,
      text: words,
      conversationId: id,
      numberId: conversation.numberId,
      ord: conversation.lastOrd + 1,
      sentAtMs: Date.now(),
      receivedAtMs: Date.now(),
    })
    tx.put({ entity: 'message', row: message })
    tx.put({ entity: 'conversation', row: withMessage(conversation, message) })
  })
  return messageId
}

beforeAll(async () => {
  server = await startSync(db, [], eager)
})
afterAll(async () => {
  await server.close()
  expect(server.compared.mismatches).toEqual([])
})

beforeEach(async () => {
  for (const seat of seats.splice(0)) seat.desk.link.stop()
  const number = aNumber({ id: newId() as never, phoneNumberId: newId() })
  const contact = aContact({ id: newId() as never })
  const conversation = aConversation({
    id: newId() as ConversationId,
    numberId: number.id,
    contactId: contact.id,
  })
  id = conversation.id
  await server.log.write(async (tx) => {
    await tx.load('user', [anna.id, cem.id])
    tx.put({ entity: 'user', row: anna })
    tx.put({ entity: 'user', row: cem })
    tx.put({ entity: 'number', row: number })
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'conversation', row: conversation })
  })
  question = await customerWrites('Wo bleibt mein Paket?')
})

test('a customer’s message appears on every screen', async () => {
  const [first, second] = [await seatFor(anna), await seatFor(cem)]
  await customerWrites('Hallo?')
  for (const seat of [first, second]) {
    await expect.poll(() => texts(seat), soon).toEqual(['Wo bleibt mein Paket?', 'Hallo?'])
    expect(seat.heard.threads).toContain(id)
  }
})

test('a reply is on the sender’s screen at once, on the colleague’s soon, and acknowledged once', async () => {
  const [first, second] = [await seatFor(anna), await seatFor(cem)]
  const reply = newId() as MessageId
  await first.desk.perform('message.send', {
    id: reply,
    conversationId: id,
    body: text('Moment'),
    basedOn: question,
  })
  expect(texts(first)).toContain('Moment')
  expect(first.desk.views.thread(id, 10).local).toEqual([reply])
  await expect.poll(() => first.desk.replica.outbox.pending.length, soon).toBe(0)
  expect(first.desk.views.thread(id, 10).local).toEqual([])
  await expect.poll(() => texts(second), soon).toContain('Moment')
})

test('what was written without a server survives a power cut and arrives once, in order', async () => {
  const seat = await seatFor(anna)
  await server.goAway()
  try {
    await expect.poll(() => seat.desk.link.isOnline, soon).toBe(false)
    for (const words of ['eins', 'zwei', 'drei']) {
      await seat.desk.perform('message.send', {
        id: newId() as MessageId,
        conversationId: id,
        body: text(words),
        basedOn: question,
      })
    }
    await seat.restart({ isPowerCut: true })
    expect(seat.desk.replica.outbox.pending).toHaveLength(3)
  } finally {
    await server.comeBack()
  }
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  const rows = await db
    .selectFrom('message')
    .select(['data'])
    .where('conversation_id', '=', id)
    .orderBy('ord')
    .execute()
  expect(rows.map(({ data }) => data.text)).toEqual([
    'Wo bleibt mein Paket?',
    'eins',
    'zwei',
    'drei',
  ])
})

test('of two replies at once the second person is asked, and may send anyway', async () => {
  const [first, second] = [await seatFor(anna), await seatFor(cem)]
  await server.goAway()
  const send = (seat: typeof first, words: string) =>
    seat.desk.perform('message.send', {
      id: newId() as MessageId,
      conversationId: id,
      body: text(words),
      basedOn: question,
    })
  await send(first, 'Ja')
  await send(second, 'Nein')
  await server.comeBack()
  const refused = () => [...first.desk.refusals(), ...second.desk.refusals()]
  await expect.poll(() => refused().length, soon).toBe(1)
  const [refusal] = refused()
  expect(refusal).toMatchObject({ code: 'colleague-answered', conversationId: id })
  const loser = first.desk.refusals().length === 1 ? first : second
  await loser.desk.retry(refusal!.muid)
  await expect
    .poll(() => texts(first).toSorted(), soon)
    .toEqual(['Ja', 'Nein', 'Wo bleibt mein Paket?'])
  expect(refused()).toEqual([])
})

test('a laptop restored from an older copy of its disk loses and doubles nothing', async () => {
  const seat = await seatFor(anna)
  const note = (words: string) =>
    seat.desk.perform('note.add', { id: newId() as MessageId, conversationId: id, text: words })
  await note('vor der Kopie')
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  const copy = seat.disk.copy()
  await note('nach der Kopie')
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  seat.desk.link.stop()

  const restored = await sitDown(server.port, anna, copy)
  seats.push(restored)
  await restored.desk.perform('note.add', {
    id: newId() as MessageId,
    conversationId: id,
    text: 'auf der Kopie',
  })
  const notes = () => texts(restored).filter((words) => words.includes('Kopie'))
  await expect.poll(notes, soon).toEqual(['vor der Kopie', 'nach der Kopie', 'auf der Kopie'])
  await expect.poll(() => restored.desk.replica.outbox.pending.length, soon).toBe(0)
})

test('folding the journal and starting again changes nothing on screen', async () => {
  const seat = await seatFor(anna)
  await seat.desk.replica.putDraft({
    conversationId: id,
    text: 'angefangen',
    mode: 'reply',
    updatedAtMs: 1,
  })
  await seat.desk.replica.fold()
  await customerWrites('danach')
  await expect.poll(() => texts(seat), soon).toContain('danach')
  const before = seat.desk.views.thread(id, 100)
  await seat.desk.replica.fold()
  await seat.restart()
  expect(await seat.desk.thread({ conversationId: id, limit: 100 })).toEqual(before)
  expect(seat.desk.drafts.view(id)?.text).toBe('angefangen')
})

test('the order has no gaps, and every row points at its own change', async () => {
  const lane = await db.selectFrom('lane').selectAll().executeTakeFirstOrThrow()
  const changes = await db.selectFrom('change').select(['seq']).orderBy('seq').execute()
  expect(changes.map(({ seq }) => seq)).toEqual(
    Array.from({ length: lane.head }, (_, index) => index + 1),
  )
  expect(server.faults).toEqual([])
})

test('a row cannot be written past the log', async () => {
  await expect(
    db
      .insertInto('team')
      .values({ id: newId(), scope: ['ws'], rev: 1, deleted_at: null, data: '{}' })
      .execute(),
  ).rejects.toThrow('not written through the change log')
})

test('what was written before the server was set back to a backup is not sent, but asked about', async () => {
  const before = await seatFor(anna)
  before.desk.link.stop()
  await before.desk.perform('message.send', {
    id: newId() as MessageId,
    conversationId: id,
    body: text('Kommt heute'),
    basedOn: question,
  })
  await db.updateTable('lane').set({ epoch: newId() }).where('lane', '=', 0).execute()
  before.desk.link.start()

  await expect.poll(() => before.desk.replica.outbox.pending.length, soon).toBe(0)
  const sent = before.desk.views.thread(id, 10).messages.at(-1)
  expect(sent).toMatchObject({ text: 'Kommt heute', status: 'uncertain' })
  const queued = await db
    .selectFrom('outbox')
    .select('id')
    .where('id', '=', sent?.id ?? '')
    .execute()
  expect(queued).toEqual([])
})

test('a line that was let go is not taken for one, and what is written before it is back leaves then', async () => {
  const seat = await seatFor(anna)
  seat.desk.link.stop()
  expect([seat.desk.link.isOnline, seat.desk.link.isSynced]).toEqual([false, false])
  seat.desk.link.start()
  // The socket is there before it is open.
  for (let wait = 0; wait < 40; wait += 1) {
    await seat.desk.perform('note.add', {
      id: newId() as MessageId,
      conversationId: id,
      text: 'ab',
    })
  }
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  const rows = await db.selectFrom('message').select('id').where('direction', '=', 'note').execute()
  expect(rows.length).toBeGreaterThanOrEqual(40)
  expect(seat.faults).toEqual([])
})

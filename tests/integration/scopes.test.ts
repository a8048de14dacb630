import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId, TeamId, UserId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import {
  aContact,
  aConversation,
  aMessage,
  aNumber,
  aTeam,
  aUser,
} from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { rowsOf } from '../support/rows.ts'

const { db } = await testDatabase()
const server = await startSync(db)
afterAll(() => server.close())
const soon = { timeout: 10_000, interval: 10 }

type Seat = Awaited<ReturnType<typeof sitDown>>
const seats: Seat[] = []
let delivery: TeamId
let invoices: TeamId
let conversations: Conversation[]

beforeEach(async () => {
  delivery = newId() as TeamId
  invoices = newId() as TeamId
  const number = aNumber({ id: newId() as never, phoneNumberId: newId() })
  await server.log.write(async (tx) => {
    tx.put({ entity: 'team', row: aTeam({ id: delivery, name: newId() }) })
    tx.put({ entity: 'team', row: aTeam({ id: invoices, name: newId() }) })
    tx.put({ entity: 'number', row: number })
  })
  conversations = []
  for (const teamId of [delivery, invoices, null]) {
    const contact = aContact({ id: newId() as never })
    const row = aConversation({
      id: newId() as ConversationId,
      numberId: number.id,
      contactId: contact.id,
      teamId,
    })
    conversations.push(row)
    await server.log.write(async (tx) => {
      tx.put({ entity: 'contact', row: contact })
      tx.put({ entity: 'conversation', row })
    })
    await customerWrites(row.id, 'Guten Tag')
  }
})
afterEach(() => {
  for (const seat of seats.splice(0)) seat.desk.link.stop()
  expect(server.faults).toEqual([])
})

async function customerWrites(id: ConversationId, text: string): Promise<MessageId> {
  const messageId = newId() as MessageId
  await server.log.write(async (tx) => {
    const conversation = must(await tx.get('conversation', id), 'conversation')
    const message = aMessage({
      id: messageId,
      wamid: `wamid.${messageId}`,
      text,
      conversationId: id,
      numberId: conversation.numberId,
      ord: conversation.lastOrd + 1,
    })
    tx.put({ entity: 'message', row: message })
    tx.put({ entity: 'conversation', row: withMessage(conversation, message) })
  })
  return messageId
}

async function employ(given: Partial<User>): Promise<User> {
  const user = aUser({ id: newId() as UserId, email: `${newId()}@nordwerk.example`, ...given })
  await server.log.write(async (tx) => tx.put({ entity: 'user', row: user }))
  return user
}

async function change(user: User, given: Partial<User>): Promise<void> {
  await server.log.write(async (tx) => {
    const row = must(await tx.get('user', user.id), 'user')
    tx.put({ entity: 'user', row: { ...row, ...given } })
  })
}

async function place(id: ConversationId, given: Partial<Conversation>): Promise<void> {
  await server.log.write(async (tx) => {
    const row = must(await tx.get('conversation', id), 'conversation')
    tx.put({ entity: 'conversation', row: { ...row, ...given } })
  })
}

async function seatFor(user: User): Promise<Seat> {
  const seat = await sitDown(server.port, user)
  seats.push(seat)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat
}

async function head(): Promise<number> {
  return (await db.selectFrom('lane').select('head').executeTakeFirstOrThrow()).head
}

/** Waits until every seat has everything, then lays each beside a console that starts from nothing. */
async function everyReplicaIsAFreshSnapshot(users: readonly User[]): Promise<void> {
  const to = await head()
  for (const [index, user] of users.entries()) {
    const seat = must(seats[index], 'seat')
    await expect.poll(() => seat.desk.replica.cursor?.seq['0'], soon).toBe(to)
    const fresh = await sitDown(server.port, user)
    await expect.poll(() => fresh.desk.link.isSynced, soon).toBe(true)
    fresh.desk.link.stop()
    expect(seat.desk.replica.scopes).toEqual(fresh.desk.replica.scopes)
    expect(rowsOf(seat.desk.replica)).toEqual(rowsOf(fresh.desk.replica))
  }
}

const idsIn = (seat: Seat) =>
  [...seat.desk.replica.base.all('conversation')]
    .map(({ id }) => id)
    .filter((id) => conversations.some((one) => one.id === id))
const textsIn = (seat: Seat, id: ConversationId) =>
  seat.desk.replica.base.messages(id).map(({ text }) => text)

test('an agent sees the conversations of their teams and of none, or only their own, or all', async () => {
  const [ofDelivery, ofInvoices, ofNone] = conversations.map(({ id }) => id)
  const cem = await employ({ sees: 'teams', teamIds: [delivery] })
  const ayse = await employ({ sees: 'assigned', teamIds: [delivery] })
  await place(ofInvoices!, { assigneeId: ayse.id })
  const lukas = await employ({})
  const jonas = await employ({ role: 'supervisor', sees: 'assigned' })

  expect(idsIn(await seatFor(cem)).sort()).toEqual([ofDelivery, ofNone].sort())
  expect(idsIn(await seatFor(ayse))).toEqual([ofInvoices])
  for (const user of [lukas, jonas]) expect(idsIn(await seatFor(user))).toHaveLength(3)
})

test('a conversation comes whole when it is assigned or moved to somebody, and leaves whole', async () => {
  const [id] = conversations.map((one) => one.id)
  await customerWrites(id!, 'Wo bleibt mein Paket?')
  const cem = await seatFor(await employ({ sees: 'assigned' }))
  const ayse = await seatFor(await employ({ sees: 'teams', teamIds: [invoices] }))
  expect([idsIn(cem), idsIn(ayse).includes(id!)]).toEqual([[], false])

  await place(id!, { assigneeId: cem.desk.user.id })
  await expect.poll(() => textsIn(cem, id!), soon).toEqual(['Guten Tag', 'Wo bleibt mein Paket?'])
  await place(id!, { teamId: invoices })
  await expect.poll(() => textsIn(ayse, id!), soon).toEqual(['Guten Tag', 'Wo bleibt mein Paket?'])
  await place(id!, { teamId: delivery, assigneeId: null })
  for (const seat of [cem, ayse]) {
    await expect.poll(() => idsIn(seat).includes(id!), soon).toBe(false)
    expect(textsIn(seat, id!)).toEqual([])
  }
})

test('moving a conversation writes one row, however long it is', async () => {
  const [id] = conversations.map((one) => one.id)
  for (let count = 0; count < 20; count += 1) await customerWrites(id!, `Frage ${count}`)
  const before = await head()
  await place(id!, { teamId: invoices })
  expect((await head()) - before).toBe(1)
})

test('what may be seen follows the person: teams, role, and whether they are still with us', async () => {
  const user = await employ({ sees: 'teams', teamIds: [] })
  const seat = await seatFor(user)
  const count = () => idsIn(seat).length
  expect(count()).toBe(1)
  await change(user, { teamIds: [delivery, invoices] })
  await expect.poll(count, soon).toBe(3)
  await change(user, { teamIds: [] })
  await expect.poll(count, soon).toBe(1)
  await change(user, { role: 'supervisor' })
  await expect.poll(count, soon).toBe(3)
  await change(user, { isActive: false })
  await expect.poll(() => rowsOf(seat.desk.replica), soon).toEqual([])
  await change(user, { isActive: true, role: 'agent' })
  await expect.poll(count, soon).toBe(1)
  await everyReplicaIsAFreshSnapshot([user])
})

test('a deed on a conversation that was taken away meanwhile comes back as a refusal', async () => {
  const [id] = conversations.map((one) => one.id)
  const user = await employ({ sees: 'teams', teamIds: [delivery] })
  const seat = await seatFor(user)
  await server.goAway()
  const messageId = newId() as MessageId
  try {
    await expect.poll(() => seat.desk.link.isOnline, soon).toBe(false)
    await seat.desk.perform('note.add', {
      id: messageId,
      conversationId: id!,
      text: 'Kunde ruft zurück',
    })
    await change(user, { teamIds: [] })
  } finally {
    await server.comeBack()
  }
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  expect(seat.desk.refusals()).toMatchObject([{ code: 'forbidden', conversationId: id }])
  const rows = await db.selectFrom('message').select('id').where('id', '=', messageId).execute()
  expect(rows).toEqual([])
})

test('P4: under any grants, moves, cuts and restarts a replica equals a fresh snapshot at its place', async () => {
  const users = [
    await employ({ sees: 'teams', teamIds: [delivery] }),
    await employ({ sees: 'teams', teamIds: [delivery, invoices] }),
    await employ({ sees: 'assigned' }),
    await employ({ role: 'supervisor' }),
  ]
  for (const user of users) await seatFor(user)
  const draw = drawFrom(20_261_124)
  const any = <T>(of: readonly T[]): T => of[draw(of.length)]! // below the length
  const away = new Set<Seat>()
  const cut = (seat: Seat) => {
    away.add(seat)
    seat.desk.link.stop()
  }
  const join = (seat: Seat) => {
    if (away.delete(seat)) seat.desk.link.start()
  }
  const restart = async (seat: Seat, isPowerCut: boolean) => {
    await seat.restart({ isPowerCut })
    away.delete(seat)
  }
  const steps: (() => Promise<unknown>)[] = [
    () => customerWrites(any(conversations).id, 'Noch etwas'),
    () => place(any(conversations).id, { teamId: any([delivery, invoices, null]) }),
    () => place(any(conversations).id, { assigneeId: any([...users.map(({ id }) => id), null]) }),
    () => change(any(users), { teamIds: any([[], [delivery], [invoices], [delivery, invoices]]) }),
    () => change(any(users), { sees: any(['all', 'teams', 'assigned'] as const) }),
    () => change(any(users), { role: any(['agent', 'agent', 'supervisor'] as const) }),
    () => change(any(users), { isActive: any([true, true, true, false]) }),
    async () => cut(any(seats)),
    async () => join(any(seats)),
    async () => any(seats).desk.replica.fold(),
    () => restart(any(seats), any([true, false])),
    async () => {
      const { desk } = any(seats)
      const conversationId = any(conversations).id
      if (desk.replica.base.get('conversation', conversationId) === undefined) return
      await desk.perform('note.add', { id: newId() as MessageId, conversationId, text: 'Notiz' })
    },
  ]
  for (let round = 0; round < 40; round += 1) {
    for (let step = 0; step < 12; step += 1) await any(steps)()
    for (const seat of seats) join(seat)
    for (const { desk } of seats) {
      await expect.poll(() => desk.replica.outbox.pending.length, soon).toBe(0)
    }
    await everyReplicaIsAFreshSnapshot(users)
  }
}, 120_000)

/** Draws that are the same every time, so that a failure comes again. */
function drawFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

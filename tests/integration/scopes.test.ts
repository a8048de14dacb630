import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { ConversationId, MessageId, TeamId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { aTeam } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { eager, newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'
import { rowsOf } from '../support/rows.ts'

const { db } = await testDatabase()
const server = await startSync(db, [], eager)
const firm = firmOn(server.log)
afterAll(() => server.close())
const soon = { timeout: 10_000, interval: 10 }

type Seat = Awaited<ReturnType<typeof sitDown>>
const seats: Seat[] = []
let delivery: TeamId
let invoices: TeamId
let conversations: ConversationId[]

beforeEach(async () => {
  delivery = newId() as TeamId
  invoices = newId() as TeamId
  await server.log.write(async (tx) => {
    tx.put({ entity: 'team', row: aTeam({ id: delivery, name: newId() }) })
    tx.put({ entity: 'team', row: aTeam({ id: invoices, name: newId() }) })
  })
  conversations = []
  for (const teamId of [delivery, invoices, null]) {
    const id = await firm.begins({ teamId })
    conversations.push(id)
    await firm.hears(id, 'Guten Tag')
  }
})
afterEach(() => {
  for (const seat of seats.splice(0)) seat.desk.link.stop()
  expect(server.faults).toEqual([])
  expect(server.compared.mismatches).toEqual([])
})

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
    .filter((id) => conversations.includes(id))
const textsIn = (seat: Seat, id: ConversationId) =>
  seat.desk.replica.base.messages(id).map(({ text }) => text)

test('an agent sees the conversations of their teams and of none, or only their own, or all', async () => {
  const [ofDelivery, ofInvoices, ofNone] = conversations
  const cem = await firm.employs({ sees: 'teams', teamIds: [delivery] })
  const ayse = await firm.employs({ sees: 'assigned', teamIds: [delivery] })
  await firm.places(ofInvoices!, { assigneeId: ayse.id })
  const lukas = await firm.employs({})
  const jonas = await firm.employs({ role: 'supervisor', sees: 'assigned' })

  expect(idsIn(await seatFor(cem)).sort()).toEqual([ofDelivery, ofNone].sort())
  expect(idsIn(await seatFor(ayse))).toEqual([ofInvoices])
  for (const user of [lukas, jonas]) expect(idsIn(await seatFor(user))).toHaveLength(3)
})

test('a conversation comes whole when it is assigned or moved to somebody, and leaves whole', async () => {
  const [id] = conversations
  await firm.hears(id!, 'Wo bleibt mein Paket?')
  const cem = await seatFor(await firm.employs({ sees: 'assigned' }))
  const ayse = await seatFor(await firm.employs({ sees: 'teams', teamIds: [invoices] }))
  expect([idsIn(cem), idsIn(ayse).includes(id!)]).toEqual([[], false])

  await firm.places(id!, { assigneeId: cem.desk.user.id })
  await expect.poll(() => textsIn(cem, id!), soon).toEqual(['Guten Tag', 'Wo bleibt mein Paket?'])
  await firm.places(id!, { teamId: invoices })
  await expect.poll(() => textsIn(ayse, id!), soon).toEqual(['Guten Tag', 'Wo bleibt mein Paket?'])
  await firm.places(id!, { teamId: delivery, assigneeId: null })
  for (const seat of [cem, ayse]) {
    await expect.poll(() => idsIn(seat).includes(id!), soon).toBe(false)
    expect(textsIn(seat, id!)).toEqual([])
  }
})

test('moving a conversation writes one row, however long it is', async () => {
  const [id] = conversations
  for (let count = 0; count < 20; count += 1) await firm.hears(id!, `Frage ${count}`)
  const before = await head()
  await firm.places(id!, { teamId: invoices })
  expect((await head()) - before).toBe(1)
})

test('what may be seen follows the person: teams, role, and whether they are still with us', async () => {
  const user = await firm.employs({ sees: 'teams', teamIds: [] })
  const seat = await seatFor(user)
  const count = () => idsIn(seat).length
  expect(count()).toBe(1)
  await firm.changes(user, { teamIds: [delivery, invoices] })
  await expect.poll(count, soon).toBe(3)
  await firm.changes(user, { teamIds: [] })
  await expect.poll(count, soon).toBe(1)
  await firm.changes(user, { role: 'supervisor' })
  await expect.poll(count, soon).toBe(3)
  await firm.changes(user, { isActive: false })
  await expect.poll(() => rowsOf(seat.desk.replica), soon).toEqual([])
  await firm.changes(user, { isActive: true, role: 'agent' })
  await expect.poll(count, soon).toBe(1)
  await everyReplicaIsAFreshSnapshot([user])
})

test('a deed on a conversation that was taken away meanwhile comes back as a refusal', async () => {
  const [id] = conversations
  const user = await firm.employs({ sees: 'teams', teamIds: [delivery] })
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
    await firm.changes(user, { teamIds: [] })
  } finally {
    await server.comeBack()
  }
  await expect.poll(() => seat.desk.replica.outbox.pending.length, soon).toBe(0)
  const message = { text: 'Kunde ruft zurück' }
  expect(seat.desk.refusals()).toMatchObject([
    { code: 'forbidden', conversationId: id, isOutOfSight: true, message },
  ])
  const rows = await db.selectFrom('message').select('id').where('id', '=', messageId).execute()
  expect(rows).toEqual([])
})

test('P4: under any grants, moves, cuts and restarts a replica equals a fresh snapshot at its place', async () => {
  const users = [
    await firm.employs({ sees: 'teams', teamIds: [delivery] }),
    await firm.employs({ sees: 'teams', teamIds: [delivery, invoices] }),
    await firm.employs({ sees: 'assigned' }),
    await firm.employs({ role: 'supervisor' }),
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
    () => firm.hears(any(conversations), 'Noch etwas'),
    () => firm.places(any(conversations), { teamId: any([delivery, invoices, null]) }),
    () =>
      firm.places(any(conversations), { assigneeId: any([...users.map(({ id }) => id), null]) }),
    () =>
      firm.changes(any(users), {
        teamIds: any([[], [delivery], [invoices], [delivery, invoices]]),
      }),
    () => firm.changes(any(users), { sees: any(['all', 'teams', 'assigned'] as const) }),
    () => firm.changes(any(users), { role: any(['agent', 'agent', 'supervisor'] as const) }),
    () => firm.changes(any(users), { isActive: any([true, true, true, false]) }),
    async () => cut(any(seats)),
    async () => join(any(seats)),
    async () => any(seats).desk.replica.fold(),
    () => restart(any(seats), any([true, false])),
    async () => {
      const { desk } = any(seats)
      const conversationId = any(conversations)
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

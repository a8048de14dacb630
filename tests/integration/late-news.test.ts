import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { ConversationId, TeamId } from '../../core/domain/ids.ts'
import { aTeam } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'

const { db } = await testDatabase()
const server = await startSync(db)
const firm = firmOn(server.log)
const soon = { timeout: 10_000, interval: 10 }
const [ours, theirs] = [newId() as TeamId, newId() as TeamId]

type Seat = Awaited<ReturnType<typeof sitDown>>
const seats: Seat[] = []

beforeEach(() =>
  server.log.write(async (tx) => {
    for (const id of [ours, theirs]) {
      await tx.load('team', [id])
      tx.put({ entity: 'team', row: aTeam({ id, name: id }) })
    }
  }),
)
afterEach(() => {
  for (const { desk } of seats.splice(0)) desk.link.stop()
  expect(server.faults).toEqual([])
})
afterAll(() => server.close())

async function seatOf(teamId: TeamId): Promise<Seat> {
  const user = await firm.employs({ sees: 'teams', teamIds: [teamId] })
  const seat = await sitDown(server.port, user)
  seats.push(seat)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat
}

const heldBy = ({ desk }: Seat, id: ConversationId) => desk.replica.base.messages(id).length
const isAtHead = async ({ desk }: Seat) => {
  const { head } = await db.selectFrom('lane').select('head').executeTakeFirstOrThrow()
  await expect.poll(() => desk.replica.cursor?.seq['0'], soon).toBe(head)
}

test('P5: what was moved away after somebody caught up by themselves is taken from them', async () => {
  const colleague = await seatOf(theirs)
  const letGo = server.holdNews()
  const id = await firm.begins({ teamId: ours })
  await firm.hears(id, 'Guten Tag')
  const seat = await seatOf(ours)
  await expect.poll(() => heldBy(seat, id), soon).toBe(1)

  await firm.places(id, { teamId: theirs })
  letGo()
  await isAtHead(seat)
  expect(seat.desk.replica.base.get('conversation', id)).toBeUndefined()
  await expect.poll(() => heldBy(colleague, id), soon).toBe(1)
})

test('P4: what was taken from somebody who caught up by themselves, and given back, comes whole', async () => {
  const id = await firm.begins({ teamId: ours })
  await firm.hears(id, 'Guten Tag')
  const seat = await seatOf(ours)
  await expect.poll(() => heldBy(seat, id), soon).toBe(1)
  const letGo = server.holdNews()
  await firm.places(id, { teamId: theirs })
  await seat.restart()
  await expect.poll(() => heldBy(seat, id), soon).toBe(0)

  await firm.places(id, { teamId: ours })
  letGo()
  await isAtHead(seat)
  await expect.poll(() => heldBy(seat, id), soon).toBe(1)
})

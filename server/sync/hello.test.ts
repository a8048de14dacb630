import { expect, test } from 'vitest'
import type { MutationId, ReplicaId, UserId } from '../../core/domain/ids.ts'
import { anId } from '../../core/testing/examples.ts'
import { prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { introduce } from './hello.ts'

const { db } = await testDatabase()
await prepareLane(db, () => 'epoch-1')
const anna = anId<UserId>()
const done = anId<MutationId>()
const hello = { proto: 1, protoMin: 1, app: 'test', cursor: null, scopes: [] }

/** A replica the server knows to have done two deeds, the last of them `done`. */
async function aKnownReplica() {
  const replica = anId<ReplicaId>()
  await introduce(db, { ...hello, replica, lastMid: 0, lastMuid: null }, anna)
  await db.updateTable('replica').set({ lmid: 2, lmuid: done }).where('id', '=', replica).execute()
  return { ...hello, replica }
}

test('a replica that did less than the server has of it, or something else last, has to fork', async () => {
  const known = await aKnownReplica()
  const modeOf = async (lastMid: number, lastMuid: MutationId) => {
    const met = await introduce(db, { ...known, lastMid, lastMuid }, anna)
    return met === 'foreign' ? met : met.mode
  }
  expect(await modeOf(1, anId())).toBe('fork')
  expect(await modeOf(2, anId())).toBe('fork')
  expect(await modeOf(2, done)).toBe('snapshot')
  expect(await modeOf(3, anId())).toBe('snapshot')
})

test('each hello fences the connections before it, and nobody takes another person’s replica', async () => {
  const known = { ...(await aKnownReplica()), lastMid: 2, lastMuid: done }
  const first = await introduce(db, known, anna)
  const second = await introduce(db, known, anna)
  expect([first, second]).toMatchObject([{ fence: 2 }, { fence: 3 }])
  expect(await introduce(db, known, anId<UserId>())).toBe('foreign')
  expect(await introduce(db, known, anna)).toMatchObject({ fence: 4 })
})

test('a place in this history goes on from there, one in another starts anew', async () => {
  const known = { ...(await aKnownReplica()), lastMid: 2, lastMuid: done }
  const at = (epoch: string, seq: number) =>
    introduce(db, { ...known, cursor: { epoch, seq: { '0': seq } } }, anna)
  expect(await at('epoch-1', 0)).toMatchObject({ mode: 'delta', after: 0 })
  expect(await at('epoch-1', 1)).toMatchObject({ mode: 'snapshot', isAhead: true })
  expect(await at('epoch-0', 0)).toMatchObject({ mode: 'snapshot', isAhead: false })
  expect(await at('epoch-0', 1)).toMatchObject({ mode: 'snapshot', isAhead: false })
})

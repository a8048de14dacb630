import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { anId } from '../../core/testing/examples.ts'
import { prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { trimLog } from './trim-log.ts'

const { db } = await testDatabase()
await prepareLane(db, () => 'epoch-1')
const nowMs = Date.UTC(2026, 10, 24)
const dayMs = 86_400_000
const daysAgo = (days: number) => new Date(nowMs - days * dayMs)

beforeEach(async () => {
  await sql`truncate change, replica`.execute(db)
  await db.updateTable('lane').set({ head: 0, floor: 0 }).execute()
})

/** Changes of these ages, in days, oldest first. */
async function changed(...ages: number[]): Promise<void> {
  const rows = ages.map((age, index) => ({ seq: index + 1, at: daysAgo(age) }))
  for (const row of rows) {
    await db
      .insertInto('change')
      .values({ lane: 0, entity: 'team', id: anId(), prev_scope: null, ...row })
      .execute()
  }
  await db.updateTable('lane').set({ head: ages.length }).execute()
}
const trim = (most?: number) =>
  trimLog({ db, nowMs: () => nowMs, ...(most === undefined ? {} : { most }) })
const left = async () =>
  (await db.selectFrom('change').select('seq').orderBy('seq').execute()).map(({ seq }) => seq)
const floor = async () => (await db.selectFrom('lane').select('floor').executeTakeFirst())?.floor

test('pointers are kept for thirty days, and the floor says where they begin', async () => {
  await changed(40, 31, 29, 1)
  expect(await trim()).toBe(2)
  expect([await left(), await floor()]).toEqual([[3, 4], 2])
  expect(await trim()).toBe(0)
})

test('a log nobody wrote to for a month is dropped whole, and the order goes on', async () => {
  await changed(50, 40)
  expect(await trim()).toBe(2)
  expect([await left(), await floor()]).toEqual([[], 2])
})

test('too many pointers go earlier, but not those a console of the last days still needs', async () => {
  await changed(20, 10, 5, 3, 2, 1)
  await db
    .insertInto('replica')
    .values({ id: anId(), user_id: anId(), lmuid: null, seen_at: daysAgo(4) })
    .execute()
  await trim(2)
  expect([await left(), await floor()]).toEqual([[4, 5, 6], 3])
})

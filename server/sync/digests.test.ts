import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { hash64 } from '../../core/lib/hash64.ts'
import { testDatabase } from '../testing/database.ts'

const { db } = await testDatabase()

test('PostgreSQL and the console come to the same hash, whatever the id and its rev', async () => {
  const uuid = fc.uuid()
  const id = fc.oneof(
    uuid,
    fc.tuple(uuid, uuid).map(([user, conversation]) => `${user}:${conversation}`),
    fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
  )
  const rev = fc.oneof(fc.nat(1_000), fc.maxSafeNat())
  const pairs = fc.sample(fc.tuple(id, rev), 2_000)
  const { rows } = await sql<{ hash: string }>`
    select lpad(to_hex(hashtextextended(id, rev)), 16, '0') as hash
    from unnest(${pairs.map(([one]) => one)}::text[], ${pairs.map(([, one]) => one)}::bigint[])
      with ordinality as given(id, rev, place) order by place
  `.execute(db)
  const ours = pairs.map(([one, at]) => {
    const { high, low } = hash64(one, at)
    return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
  })
  expect(rows.map(({ hash }) => hash)).toEqual(ours)
})

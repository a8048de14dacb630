import { expect, test } from 'vitest'
import { testDatabase } from '../../../server/testing/database.ts'
import { searchReal } from './run.ts'

/** `npm run nightly` plays more of them, from a new seed every night. */
const runs = Number(process.env['KONTOR_SIMULATION_REAL_RUNS'] ?? 12)
const seed = Number(process.env['KONTOR_SIMULATION_SEED'] ?? 20_261_124)

test(`${runs} schedules of trouble break no promise of the real server either (seed ${seed})`, async () => {
  const place = await testDatabase()
  const { failure, seen } = await searchReal(place, { runs, seed })
  const lines = (failure?.steps ?? []).map((step) => JSON.stringify(step))
  const { broken, path } = failure ?? {}
  expect(failure, [`${broken}; path ${path}`, ...lines].join('\n')).toBeNull()
  expect([...seen].sort()).toEqual(expect.arrayContaining(['grant', 'revoke', 'zombie']))
}, 3_600_000)

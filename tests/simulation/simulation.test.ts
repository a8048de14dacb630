import { expect, test } from 'vitest'
import { bugNames, bugs, type Bug } from './bugs.ts'
import { play, search, type Found } from './run.ts'
import type { Step } from './steps.ts'
import traces from './traces.json' with { type: 'json' }

/** Schedules of one run of the tests. `npm run simulate -- --runs N --seed S` plays as many as one likes. */
const runs = Number(process.env['KONTOR_SIMULATION_RUNS'] ?? 20_000)
/** A bug that is not found in so many has become invisible. */
const bugBudget = 20_000
/** The same every time, so that a change is to blame for a failure; `npm run nightly` draws new ones. */
const seed = Number(process.env['KONTOR_SIMULATION_SEED'] ?? 20_261_124)

test(`${runs} schedules of trouble break no promise, and reach what they should (seed ${seed})`, async () => {
  const { failure, seen } = await search({ runs, seed })
  expect(failure, described(failure)).toBeNull()
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'cut while fetching',
      'deed out of sight',
      'delta',
      'duplicate webhook',
      'grant',
      'killed while fetching',
      'known deed',
      'older disk',
      'parked status',
      'restore',
      'revoke',
      'snapshot',
      'spoiled copy',
      'zombie',
    ]),
  )
}, 600_000)

test.each(bugNames)(
  'the simulation notices: %s',
  async (bug) => {
    const { failure } = await search({ runs: bugBudget, seed: 7, bug })
    expect(failure, `not found: ${bugs[bug]}`).not.toBeNull()
  },
  600_000,
)

test.each(traces)('$story', async ({ steps, bug }) => {
  await play(steps as Step[]) // traces.json holds schedules as the simulation printed them
  if (bug !== undefined) await expect(play(steps as Step[], bug as Bug)).rejects.toThrow() // names of bugs.ts
})

test('the same schedule comes to the same end', async () => {
  const ends = new Set<string>()
  for (let time = 0; time < 2; time += 1) {
    for (const { steps } of traces) ends.add(await play(steps as Step[])) // as above
  }
  expect(ends.size).toBeLessThanOrEqual(traces.length)
})

function described(failure: Found['failure']): string {
  if (failure === null) return ''
  const { seed: found, path, broken, steps } = failure
  const lines = steps.map((step) => JSON.stringify(step))
  return [`${broken}; npm run simulate -- --seed ${found} --path ${path}`, ...lines].join('\n')
}

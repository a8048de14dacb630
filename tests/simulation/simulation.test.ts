import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bugNames, bugs, rareBugs, type Bug } from './bugs.ts'
import { play, search, type Found } from './run.ts'
import { schedule, type Step } from './steps.ts'
import traces from './traces.json' with { type: 'json' }

/** Schedules of one run of the tests. `npm run simulate -- --runs N --seed S` plays as many as one likes. */
const runs = Number(process.env['KONTOR_SIMULATION_RUNS'] ?? 20_000)
/** A bug that is not found in so many has become invisible. */
const bugBudget = 20_000
/** The same every time, so that a change is to blame for a failure; `npm run nightly` draws new ones. */
const seed = Number(process.env['KONTOR_SIMULATION_SEED'] ?? 20_261_124)

/** What has to have happened at least once among so many schedules, or they prove less than they did. */
const sometimes = [
  'clone',
  'cut while fetching',
  'deed out of sight',
  'delta',
  'duplicate webhook',
  'fork',
  'grant',
  'grant while catching up',
  'killed while fetching',
  'known deed',
  'late status',
  'older disk',
  'parked status',
  'refused: colleague-answered',
  'refused: conflict',
  'refused: forbidden',
  'refused: new-activity',
  'restore',
  'revoke',
  'revoke while catching up',
  'send of an older history',
  'snapshot',
  'snapshot below the floor',
  'snapshot of another history',
  'spoiled copy',
  'uncertain after restore',
  'unknown end',
  'zombie',
  'zombie apply',
  'zombie refused',
]

test(`${runs} schedules of trouble break no promise, and reach what they should (seed ${seed})`, async () => {
  const { failure, seen } = await search({ runs, seed })
  expect(failure, described(failure)).toBeNull()
  const missed = sometimes.filter((what) => !seen.has(what))
  expect(missed, 'no schedule came to it').toEqual([])
}, 600_000)

test.each(bugNames.filter((bug) => !rareBugs.includes(bug)))(
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

test('every bug too rare for chance is held by a saved schedule', () => {
  expect(traces.map(({ bug }) => bug)).toEqual(expect.arrayContaining([...rareBugs]))
})

test('the same seed makes the same schedules, and each comes to the same end', async () => {
  const [once, again] = [0, 1].map(() => fc.sample(schedule, { seed, numRuns: 100 }))
  expect(again).toEqual(once)
  for (const steps of once ?? []) expect(await play(steps)).toBe(await play(steps))
})

function described(failure: Found['failure']): string {
  if (failure === null) return ''
  const { seed: found, path, broken, steps } = failure
  const lines = steps.map((step) => JSON.stringify(step))
  return [`${broken}; npm run simulate -- --seed ${found} --path ${path}`, ...lines].join('\n')
}

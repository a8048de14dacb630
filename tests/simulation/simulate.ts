/**
 * `npm run simulate -- --runs N --seed S [--path P] [--bug NAME]`: plays schedules of trouble against the console and a
 * model of the server, and prints the shortest one that breaks a promise. With `--tier 2` it is the real server on a
 * real database, some hundred times slower, and without bugs to switch on.
 */
import { parseArgs } from 'node:util'
import { bugNames, type Bug } from './bugs.ts'
import { withDatabase } from './real/database.ts'
import { searchReal } from './real/run.ts'
import { search } from './run.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    tier: { type: 'string', default: '1' },
    seed: { type: 'string' },
    path: { type: 'string' },
    bug: { type: 'string' },
  },
})
const bug = values.bug as Bug | undefined // checked on the next line
if (bug !== undefined && !bugNames.includes(bug)) {
  complain(`There is no bug “${bug}”. There are: ${bugNames.join(', ')}.`)
  process.exit(2)
}
if (!['1', '2'].includes(values.tier) || (values.tier === '2' && bug !== undefined)) {
  complain('There are --tier 1 and --tier 2, and bugs only in the first.')
  process.exit(2)
}
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const startedMs = performance.now()
const path = values.path === undefined ? {} : { path: values.path }
const { runs, failure, seen } =
  values.tier === '2'
    ? await withDatabase((place) =>
        searchReal(place, { runs: Number(values.runs ?? 50), seed, ...path }),
      )
    : await search({
        runs: Number(values.runs ?? 20_000),
        seed,
        ...path,
        ...(bug === undefined ? {} : { bug }),
      })
const seconds = (performance.now() - startedMs) / 1000
say(
  `${runs} schedules in ${seconds.toFixed(1)} s, seed ${seed}. Reached: ${[...seen].sort().join(', ')}.`,
)
if (failure !== null) {
  say(
    `Broken: ${failure.broken}. Again with --seed ${failure.seed} --path ${failure.path}. The schedule:`,
  )
  for (const step of failure.steps) say(JSON.stringify(step))
  process.exit(1)
}

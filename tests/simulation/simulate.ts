/**
 * `npm run simulate -- --runs N --seed S [--path P] [--bug NAME]`: plays schedules of trouble against the console and a
 * model of the server, and prints the shortest one that breaks a promise.
 */
import { parseArgs } from 'node:util'
import { bugNames, type Bug } from './bugs.ts'
import { search } from './run.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
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
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const startedMs = performance.now()
const { runs, failure, seen } = await search({
  runs: Number(values.runs),
  seed,
  ...(values.path === undefined ? {} : { path: values.path }),
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

// `npm run nightly`: what is too long for `npm test`. `npm run nightly -- faults` runs a part of it.
import { bin, run } from './run.mjs'
import { Refusal, runMain, say } from './say.mjs'
import { setUp } from './setup.mjs'

/** Each part: what it proves, and how it is run. */
const parts = [
  {
    name: 'faults',
    about: 'the whole fault matrix: 200 kills, 5,000 damaged webhooks, floods at full rate',
    command: () => [...bin('vitest'), 'run', 'tests/faults', '--no-file-parallelism'],
    env: { KONTOR_FAULTS: 'full' },
  },
  {
    name: 'simulation',
    about: 'a million schedules of trouble for the sync, from a new seed every night',
    command: () => [...bin('tsx'), 'tests/simulation/simulate.ts', '--runs', '1000000'],
    env: {},
  },
  {
    name: 'real-server',
    about: 'some thousand of them against the real server on a real database',
    command: () => [
      ...[...bin('tsx'), 'tests/simulation/simulate.ts'],
      ...['--tier', '2', '--runs', '3000'],
    ],
    env: {},
  },
]

await runMain(async () => {
  const asked = process.argv.slice(2)
  const names = parts.map(({ name }) => name)
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new Refusal(`npm run nightly knows ${names.join(', ')}, not ${unknown}.`, 2)

  await setUp()
  /** @type {string[]} */
  const failed = []
  for (const { name, about, command, env } of parts) {
    if (asked.length > 0 && !asked.includes(name)) continue
    say(`${name}: ${about}`)
    const code = await run(command(), env)
    if (code !== 0) failed.push(name)
  }
  if (failed.length > 0) throw new Refusal(`Failed: ${failed.join(', ')}.`)
})

// `npm run check`: format, types, lint, import rules, dead code. `npm run fix` mends what can be mended.
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { bin, capture } from './run.mjs'
import { Refusal, runMain, say } from './say.mjs'
import { setUp } from './setup.mjs'

const folders = ['bench', 'core', 'electron', 'renderer', 'server', 'simulator', 'tests', 'tools']

/** The slowest first, so that they do not stand alone at the end. */
const steps = () => [
  { name: 'lint', command: [...bin('eslint'), '--cache', '--cache-location', 'out/.eslint', '.'] },
  {
    name: 'types: renderer',
    command: [
      ...bin('svelte-check'),
      ...['--tsconfig', 'renderer/tsconfig.json', '--output', 'human', '--fail-on-warnings'],
    ],
  },
  ...folders
    .filter((folder) => folder !== 'renderer')
    .map((folder) => ({
      name: `types: ${folder}`,
      command: [...bin('typescript', 'tsc'), '-p', folder],
    })),
  { name: 'dead code', command: bin('knip') },
  { name: 'imports', command: [...bin('dependency-cruiser', 'depcruise'), ...folders] },
  { name: 'format', command: [...bin('prettier'), '--check', '--log-level', 'warn', '.'] },
]

const mends = () => [
  { name: 'lint', command: [...bin('eslint'), '--fix', '.'] },
  { name: 'format', command: [...bin('prettier'), '--write', '--log-level', 'warn', '.'] },
]

/** Runs every check, as many side by side as there are cores. Returns the names of those that found something. */
export async function check() {
  const waiting = steps()
  /** @type {string[]} */
  const failed = []
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift())
      if (!(await passes(step))) failed.push(step.name)
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  return failed
}

/** @param {{ name: string, command: string[] }} step */
async function passes({ name, command }) {
  const startedAtMs = Date.now()
  const { code, output } = await capture(command)
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1)
  say(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (code !== 0) say(output.trimEnd())
  return code === 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(async () => {
    await setUp()
    if (process.argv.includes('--fix')) for (const step of mends()) await passes(step)
    else {
      const failed = await check()
      if (failed.length > 0) throw new Refusal(`Found something to mend: ${failed.join(', ')}.`)
      say('Nothing to mend.')
    }
  })

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { clock } from '../server/clock.ts'
import { createLog } from '../server/log/log.ts'
import { median, say, type Benchmark, type Figure } from './lib/figures.ts'
import { changeMuch, fillDesk } from './lib/history.ts'
import { startBenchServer, type BenchServer } from './lib/server.ts'

const conversations = 5_000
const messages = 100_000
const changes = 5_000
const rounds = 3
const here = import.meta.dirname

type Synced = {
  usableMs: number
  syncedMs: number
  cpuMs: number
  memoryMb: number
  rowsAtFirst: number
  rows: number
}

/** How long a real console, on sealed files, needs from nothing, after a cut, and after eight hours away. */
export const catchup: Benchmark = {
  about: `a console's first copy of ${messages} messages, the same killed at half, and ${changes} changes after a night away`,
  async run(): Promise<Figure[]> {
    const server = await startBenchServer()
    const folder = await mkdtemp(join(tmpdir(), 'kontor-consoles-'))
    try {
      return await measure(server, folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
      await server.close()
    }
  },
}

async function measure(server: BenchServer, folder: string): Promise<Figure[]> {
  const log = createLog(server.db, { nowMs: () => clock.nowMs() })
  say(`writing ${messages} messages`)
  const desk = await fillDesk(log, conversations, messages)
  const first: Synced[] = []
  const nights: Synced[] = []
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`)
    const place = join(folder, `console-${round}`)
    first.push(await sit(server.url, place))
    await changeMuch(log, desk, changes)
    nights.push(await sit(server.url, place))
  }
  say('once more, killed at half')
  const place = join(folder, 'killed')
  const killed = await sit(server.url, place, 0.5)
  const resumed = await sit(server.url, place)
  return [
    { name: 'first copy, synced', value: middle(first, 'syncedMs') / 1000, unit: 's' },
    {
      name: 'first copy, processor time of the console',
      value: middle(first, 'cpuMs') / 1000,
      unit: 's',
    },
    { name: 'first copy, memory of the console', value: middle(first, 'memoryMb'), unit: 'MB' },
    { name: 'killed at half, then synced', value: resumed.syncedMs / 1000, unit: 's' },
    { name: 'rows that came twice for it', value: killed.rows - resumed.rowsAtFirst, unit: '' },
    { name: `${changes} changes, usable`, value: middle(nights, 'usableMs') / 1000, unit: 's' },
    { name: `${changes} changes, synced`, value: middle(nights, 'syncedMs') / 1000, unit: 's' },
    {
      name: `${changes} changes, processor time of the console`,
      value: middle(nights, 'cpuMs') / 1000,
      unit: 's',
    },
  ]
}

function middle(all: readonly Synced[], what: keyof Synced): number {
  return median(all.map((one) => one[what]))
}

/**
 * Runs a console until it is synced.
 *
 * @param killAt share of the rows after which it is killed instead
 */
async function sit(url: string, folder: string, killAt = Infinity): Promise<Synced> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(here, 'lib/one-console.ts'), folder, url],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  const seen: Synced = {
    usableMs: 0,
    syncedMs: 0,
    cpuMs: 0,
    memoryMb: 0,
    rowsAtFirst: Infinity,
    rows: 0,
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, ...numbers] = line.split(' ')
    const [a = 0, b = 0, c = 0] = numbers.map(Number)
    if (what === 'usable') seen.usableMs = a
    if (what === 'fetching') seen.rows = Math.max(seen.rows, a)
    if (what === 'fetching') seen.rowsAtFirst = Math.min(seen.rowsAtFirst, a)
    if (what === 'fetching' && a / b >= killAt) {
      child.kill('SIGKILL')
      await ended
      return seen
    }
    if (what !== 'synced') continue
    child.stdin.end()
    await ended
    return { ...seen, syncedMs: a, cpuMs: b, memoryMb: c }
  }
  throw new Error('the console ended before it was synced')
}

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { median, say, type Benchmark, type Figure } from './lib/figures.ts'
import { conversationCount, messageCount } from './lib/held.ts'

const root = join(import.meta.dirname, '..')
const cache = join(root, 'node_modules/.cache/kontor-bench')
const module = join(cache, 'node_modules/better-sqlite3')
const peer = 'better-sqlite3@12.11.1'
const loads = 5
const megabyte = 1024 * 1024
const run = promisify(execFile)

type Load = {
  loadMs: number
  loadCpuMs: number
  wholeMs: number
  /** The longest others wait while the rest is loaded. */
  behindMs: number
  openFirstMs: number
  openMs: number
  memory: number
}
type Arrive = {
  cpuMs: number
  bytesEach: number
  p50Ms: number
  p99Ms: number
  perSecond: number
  delayP99Ms: number
  delayMaxMs: number
  stallMs: number | null
}
type Measured = { load: Load; arrive: Arrive }

const names: Record<string, string> = {
  kontor: 'Kontor',
  sealed: 'Kontor, sealed',
  lowdb: 'plain lowdb',
  sqlite: 'better-sqlite3',
}

/** The console's local copy against what else one might keep it in, each in processes of its own on the same rows. */
export const replica: Benchmark = {
  about: `${conversationCount} conversations with ${messageCount} messages kept on a desk: ours (sealed or not), plain lowdb, better-sqlite3`,
  async run() {
    const stores = ['kontor', 'sealed', 'lowdb', ...((await buildPeer()) ? ['sqlite'] : [])]
    const measured = new Map<string, Measured>()
    for (const store of stores) measured.set(store, await measure(store))
    return [...stores.flatMap((store) => figuresOf(store, measured)), ...ratios(measured)]
  },
}

async function measure(store: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-bench-'))
  const work = async (task: string): Promise<string> => {
    const script = join(import.meta.dirname, 'lib/stores/process.ts')
    const args = ['--import', 'tsx', script, task, store, folder, module]
    return (await run(process.execPath, args, { cwd: root })).stdout
  }
  try {
    await work('fill')
    const all: Load[] = []
    for (let count = 0; count < loads; count += 1) all.push(JSON.parse(await work('load')) as Load) // printed by process.ts
    const of = (figure: keyof Load) => median(all.map((one) => one[figure]))
    const load: Load = {
      loadMs: of('loadMs'),
      loadCpuMs: of('loadCpuMs'),
      wholeMs: of('wholeMs'),
      behindMs: of('behindMs'),
      openFirstMs: of('openFirstMs'),
      openMs: of('openMs'),
      memory: of('memory'),
    }
    const arrive = JSON.parse(await work('arrive')) as Arrive // as above
    say(
      `${names[store]}: usable in ${load.loadMs.toFixed(0)} ms, ${arrive.cpuMs.toFixed(2)} ms of CPU a message`,
    )
    return { load, arrive }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function figuresOf(store: string, all: ReadonlyMap<string, Measured>): Figure[] {
  const measured = all.get(store)
  if (measured === undefined) return []
  const { load, arrive } = measured
  const figures: [string, number, string][] = [
    ['load to a usable inbox', load.loadMs, 'ms'],
    ['CPU of that', load.loadCpuMs, 'ms'],
    ['everything loaded', load.wholeMs, 'ms'],
    ['event loop late meanwhile, longest', load.behindMs, 'ms'],
    ['open the first conversation, at once', load.openFirstMs, 'ms'],
    ['open a conversation, median', load.openMs, 'ms'],
    ['memory', load.memory / megabyte, 'MB'],
    ['CPU per arriving message', arrive.cpuMs, 'ms'],
    ['bytes written per arriving message', arrive.bytesEach / 1024, 'KB'],
    ['arriving message, p50', arrive.p50Ms, 'ms'],
    ['arriving message, p99', arrive.p99Ms, 'ms'],
    ['of 50 messages a second', arrive.perSecond, '/s'],
    ['event loop late at that, p99', arrive.delayP99Ms, 'ms'],
    ['event loop late at that, longest', arrive.delayMaxMs, 'ms'],
    ...(arrive.stallMs === null
      ? []
      : [['event loop late in a fold', arrive.stallMs, 'ms'] as [string, number, string]]),
  ]
  return figures.map(([name, value, unit]) => ({ name: `${names[store]}: ${name}`, value, unit }))
}

function ratios(all: ReadonlyMap<string, Measured>): Figure[] {
  const [ours, lowdb, sqlite] = ['sealed', 'lowdb', 'sqlite'].map((name) => all.get(name))
  if (ours === undefined || lowdb === undefined) return []
  const times = (name: string, value: number): Figure => ({ name, value, unit: '×' })
  const figures = [
    times('plain lowdb’s CPU per message, of ours sealed', lowdb.arrive.cpuMs / ours.arrive.cpuMs),
    times(
      'plain lowdb’s bytes per message, of ours sealed',
      lowdb.arrive.bytesEach / ours.arrive.bytesEach,
    ),
  ]
  if (sqlite === undefined) return figures
  return [
    ...figures,
    times(
      'our time to a usable inbox sealed, of better-sqlite3’s',
      ours.load.loadMs / sqlite.load.loadMs,
    ),
    times(
      'our time to open a conversation, of better-sqlite3’s',
      ours.load.openMs / sqlite.load.openMs,
    ),
  ]
}

/** Builds the peer from source where it is not there yet; it is no dependency of ours. @returns whether it is there */
async function buildPeer(): Promise<boolean> {
  const isThere = () => existsSync(join(module, 'build/Release/better_sqlite3.node'))
  if (isThere()) return true
  say(`building ${peer}`)
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, 'package.json'), '{"private":true}')
  const args = ['install', '--no-audit', '--no-fund', '--no-save', peer]
  const env = { ...process.env, npm_config_build_from_source: 'true' }
  await run('npm', args, { cwd: cache, env }).catch(() => undefined)
  if (!isThere()) say(`without ${peer}: it could not be built here`)
  return isThere()
}

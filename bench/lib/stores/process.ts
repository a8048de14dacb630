/**
 * A process of its own that works with one store and says on standard output what that cost:
 * `node process.ts fill|load|arrive STORE FOLDER [MODULE]`.
 */
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { must } from '../../../core/lib/must.ts'
import { memoryOf } from '../processes.ts'
import { median, quantile } from '../figures.ts'
import { arriving, held, messageCount } from '../held.ts'
import { openKontor } from './kontor.ts'
import { openPlainLowdb } from './plain-lowdb.ts'
import { openSqlite } from './sqlite.ts'
import type { Store } from './store.ts'

const [task, name, folder = '', module = ''] = process.argv.slice(2)
const key = Buffer.alloc(32, 7)
const page = 50
const opens = 200
const sustained = { perSecond: 50, seconds: 10 }
/** Enough that what ours does from time to time is in it; a store that takes seconds for each is asked less often. */
const arrivals = name === 'lowdb' ? 8 : 12_000

const stores: Record<string, () => Promise<Store>> = {
  kontor: () => openKontor(folder, null),
  sealed: () => openKontor(folder, key),
  lowdb: () => openPlainLowdb(folder),
  sqlite: () => openSqlite(folder, module),
}
const open = must(stores[name ?? ''], 'store')

if (task === 'fill') {
  const store = await open()
  await store.fill(held())
  await store.close()
} else if (task === 'load') {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const startedMs = performance.now()
  const cpu = process.cpuUsage()
  const store = await open()
  const { rows } = store.inbox(page)
  const loadMs = performance.now() - startedMs
  const loadCpuMs = cpuMsSince(cpu)
  delay.enable()
  const shown = rows.map(({ conversation }) => conversation.id)
  const firstMs = await openOf(store, must(shown[3], 'conversation'))
  await store.loaded()
  const wholeMs = performance.now() - startedMs
  await wait(5)
  delay.disable()
  const opensMs: number[] = []
  for (let at = 0; at < opens; at += 1) {
    opensMs.push(await openOf(store, must(shown[at % page], 'conversation')))
  }
  const memory = memoryOf([process.pid])
  await store.close()
  const behindMs = Math.max(0, delay.max / 1e6 - 1)
  const openMs = median(opensMs)
  say({ loadMs, loadCpuMs, wholeMs, behindMs, openFirstMs: firstMs, openMs, memory })
} else {
  const store = await open()
  await store.loaded()
  const { rows } = store.inbox(5_000)
  const known = new Map(rows.map(({ conversation }) => [conversation.id, conversation]))
  const ids = [...known.keys()]
  let next = messageCount
  const arrive = async () => {
    const id = must(ids[(next * 7919) % ids.length], 'id')
    const { message, conversation } = arriving(must(known.get(id), 'conversation'), next)
    known.set(id, conversation)
    next += 1
    const startedMs = performance.now()
    await store.arrive(message, conversation)
    return performance.now() - startedMs
  }
  const timesMs: number[] = []
  const [cpu, bytes] = [process.cpuUsage(), bytesWritten()]
  for (let count = 0; count < arrivals; count += 1) timesMs.push(await arrive())
  const cpuMs = cpuMsSince(cpu) / arrivals
  const bytesEach = (bytesWritten() - bytes) / arrivals

  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const due = sustained.perSecond * sustained.seconds
  const startedMs = performance.now()
  const elapsed = () => (performance.now() - startedMs) / 1000
  const running: Promise<number>[] = []
  while (running.length < due && elapsed() < sustained.seconds) {
    if (running.length < elapsed() * sustained.perSecond) running.push(arrive())
    else await wait(1)
  }
  const lagging = await Promise.all(running)
  const tookMs = performance.now() - startedMs
  delay.disable()
  const tidy = store.tidyUp === null ? null : await stall(store.tidyUp.run)
  await store.close()
  say({
    cpuMs,
    bytesEach,
    p50Ms: quantile(timesMs, 0.5),
    p99Ms: quantile(timesMs, 0.99),
    perSecond: (lagging.length / tookMs) * 1000,
    delayP99Ms: delay.percentile(99) / 1e6 - 1,
    delayMaxMs: delay.max / 1e6 - 1,
    stallMs: tidy,
  })
}

async function openOf(store: Store, id: Parameters<Store['thread']>[0]): Promise<number> {
  const startedMs = performance.now()
  await store.thread(id, page)
  return performance.now() - startedMs
}

/** The longest others wait meanwhile. */
async function stall(run: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await run()
  await wait(5)
  delay.disable()
  return delay.max / 1e6 - 1
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** All bytes this process has handed to the system for writing; Linux tells. @see proc(5), wchar */
function bytesWritten(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
}

function say(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

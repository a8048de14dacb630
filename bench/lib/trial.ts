import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { writeOutgoing } from './outgoing.ts'
import { cpuMsOf, memoryOf, processesIn } from './processes.ts'
import { countWaiting, startBenchServer, type BenchServer } from './server.ts'
import { startBenchSimulator, type BenchSimulator, type Progress } from './simulator.ts'

/** Sent, delivered and read, of a message of ours for each one that comes in. */
export const statusesEach = 3
const customers = 2000
/**
 * WhatsApp says no more about its batches than "up to 1,000 updates". Here each of 32 machines of its posts what 20 ms
 * brought it, messages and statuses of many people together. The simulator makes updates every 50 ms, so a call has one
 * to a dozen at the full rate, six as a rule, and 32 calls come at once.
 */
const batching = { atMost: 1000, withinMs: 20, atOnce: 32 }
/** WhatsApp expects its answers so soon. @see facts 5.4 */
const answerWithinMs = 250
/** What is still to be understood when the load ends is no backlog that grows if it is through by then. */
const drainWithinMs = 2000
/** A load that is not through so long after its time never will be. */
const lateMs = 30_000
const sampleMs = 500
/** The last of the statuses of a message comes a second after it. */
const fullRateAfterMs = 2000
const earlyMs = 10_000
const cores = 2

export type Trial = {
  perSecond: number
  answeredPerSecond: number
  updatesPerCall: number
  progress: Progress
  /** Messages stored and sent messages that are read, of all that should be. */
  storedShare: number
  /** Calls that are kept and not understood yet. */
  backlog: { most: number; end: number; drainMs: number }
  /** Of the server's process. */
  memory: { early: number; end: number }
  /** Parts of two cores. */
  shares: { server: number; database: number; simulator: number }
  isSustained: boolean
}

type Parts = { server: BenchServer; simulator: BenchSimulator }

/** So many messages a second, with a server, a database and a simulator of their own: no rate inherits from another. */
export async function tryRate(perSecond: number, seconds: number): Promise<Trial> {
  const server = await startBenchServer()
  try {
    const simulator = await startBenchSimulator(server.url)
    try {
      return await measure({ server, simulator }, perSecond, seconds)
    } finally {
      await simulator.close()
    }
  } finally {
    await server.close()
  }
}

async function measure(parts: Parts, perSecond: number, seconds: number): Promise<Trial> {
  const { server, simulator } = parts
  const messages = Math.round(perSecond * seconds)
  const { accountId, numbers } = simulator.account
  const phoneNumberId = numbers[0]?.id ?? ''
  await writeOutgoing(server.db, { accountId, phoneNumberId, customers, messages })
  await sql`analyze`.execute(server.db)
  const cpuBefore = cpuOf(parts)
  const startMs = performance.now()
  await simulator.startLoad(batching, { perSecond, seconds, customers, statuses: statusesEach })
  const { progress, answeredPerSecond, early, mostBacklog } = await watch(parts, messages, seconds)
  const end = await countWaiting(server.db)
  const drainMs = await drain(server)
  const wallMs = performance.now() - startMs
  const cpuAfter = cpuOf(parts)
  const share = (part: keyof Trial['shares']) => (cpuAfter[part] - cpuBefore[part]) / wallMs / cores
  const { calls, updatesAnswered, latencyMs } = progress
  const storedShare = (await countStored(server)) / (2 * messages)
  return {
    perSecond,
    answeredPerSecond,
    updatesPerCall: updatesAnswered / calls.answered,
    progress,
    storedShare,
    backlog: { most: Math.max(mostBacklog, end), end, drainMs },
    memory: { early, end: serverMemory(server) },
    shares: { server: share('server'), database: share('database'), simulator: share('simulator') },
    isSustained:
      calls.refused + calls.unanswered === 0 &&
      latencyMs.p99 <= answerWithinMs &&
      drainMs <= drainWithinMs &&
      storedShare === 1,
  }
}

type Watched = { progress: Progress; answeredPerSecond: number; early: number; mostBacklog: number }

/** Looks at it twice a second until every update is answered 200, or never will be. */
async function watch(
  { server, simulator }: Parts,
  messages: number,
  seconds: number,
): Promise<Watched> {
  const startMs = performance.now()
  const steady: { atMs: number; answered: number }[] = []
  let early = 0
  let mostBacklog = 0
  for (;;) {
    const progress = await simulator.progress()
    const atMs = performance.now() - startMs
    const answered = progress.updatesAnswered
    if (atMs >= fullRateAfterMs && atMs <= seconds * 1000) steady.push({ atMs, answered })
    mostBacklog = Math.max(mostBacklog, await countWaiting(server.db))
    if (atMs <= earlyMs) early = serverMemory(server)
    const isThrough = answered >= messages * (1 + statusesEach)
    if (isThrough || atMs > seconds * 1000 + lateMs) {
      return { progress, answeredPerSecond: rateOf(steady), early, mostBacklog }
    }
    await wait(sampleMs)
  }
}

function rateOf(samples: readonly { atMs: number; answered: number }[]): number {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return Number.NaN
  return ((last.answered - first.answered) / (last.atMs - first.atMs)) * 1000
}

/** @returns how long it took until every kept call was understood */
async function drain(server: BenchServer): Promise<number> {
  const startMs = performance.now()
  while ((await countWaiting(server.db)) > 0 && performance.now() - startMs < lateMs) await wait(20)
  return performance.now() - startMs
}

/** Messages that came in, and messages of ours that are known to be read. */
async function countStored({ db }: BenchServer): Promise<number> {
  const { rows } = await sql<{ stored: number }>`
    select count(*)::int as stored from message where direction = 'in' or status = 'read'
  `.execute(db)
  return rows[0]?.stored ?? 0
}

function serverMemory({ pid }: BenchServer): number {
  return memoryOf([pid])
}

function cpuOf({ server, simulator }: Parts): Trial['shares'] {
  return {
    server: cpuMsOf([server.pid]),
    database: cpuMsOf(processesIn(server.databaseFolder)),
    simulator: cpuMsOf([simulator.pid]),
  }
}

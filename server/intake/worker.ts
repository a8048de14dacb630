import type { Platform } from '../../core/lib/clock.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import { isFull, isThere, noteFailure, reopen, takeBatch, takeOne, type Call } from './calls.ts'
import type { OnHeard, RememberMedia } from './ports.ts'
import { understandCalls } from './understand.ts'

/** Woken by every kept call; this is for what a kill, or another process, left behind. */
const safetyNetMs = 2000
/** A call that cannot be folded so often is put aside, and the line goes on without it. */
const maxAttempts = 5

export type IntakeOptions = {
  db: Database
  log: Log
  clock: Platform
  onMedia: RememberMedia
  onHeard?: OnHeard
  /** Hears of calls that could not be folded and of a database that is away. Never gets a body. */
  onTrouble?: (trouble: { error: unknown; callId?: number }) => void
}

export type Intake = {
  /** There is something to understand. */
  wake(): void
  /** Resolves when everything that is due has been folded. */
  idle(): Promise<void>
  /** Reads a call again; what it brought before is not brought twice. @returns false when its body is not here */
  replay(callId: number): Promise<boolean>
  stop(): Promise<void>
}

/** Understands kept calls in the order they came, many in one transaction. */
export function startIntake(options: IntakeOptions): Intake {
  const { db, log, clock } = options
  let isStopped = false
  let isWoken = false
  let running: Promise<void> | undefined
  let cancelWatch: () => void = () => undefined
  let cancelRetry: () => void = () => undefined

  function wake(): void {
    isWoken = true
    running ??= run().finally(() => {
      running = undefined
      if (isWoken && !isStopped) wake()
    })
  }

  async function run(): Promise<void> {
    try {
      while (isWoken && !isStopped) {
        isWoken = false
        while (!isStopped && (await foldBatch()));
      }
    } catch (error) {
      options.onTrouble?.({ error }) // the safety net comes back to it
    }
  }

  /** @returns whether more are waiting than fitted into the batch */
  async function foldBatch(): Promise<boolean> {
    let calls: Call[] = []
    try {
      await log.write(async (tx) => {
        calls = await takeBatch(tx)
        await understandCalls(tx, calls, options)
      })
    } catch (error) {
      if (calls.length === 0 || !(await isThere(db))) throw error
      for (const { id } of calls) if (!isStopped) await foldAlone(id)
    }
    return isFull(calls)
  }

  async function foldAlone(callId: number): Promise<void> {
    try {
      await log.write(async (tx) => understandCalls(tx, await takeOne(tx, callId), options))
    } catch (error) {
      if (!(await isThere(db))) throw error
      options.onTrouble?.({ error, callId })
      const delayMs = await noteFailure(db, callId, error, maxAttempts)
      if (delayMs === undefined || isStopped) return
      cancelRetry() // several may wait; the safety net comes back to all but the last
      cancelRetry = clock.after(delayMs, wake)
    }
  }

  function watch(): void {
    cancelWatch = clock.after(safetyNetMs, () => {
      wake()
      if (!isStopped) watch()
    })
  }

  async function idle(): Promise<void> {
    wake()
    while (running !== undefined) await running
  }

  wake()
  watch()
  return {
    wake,
    idle,
    async replay(callId) {
      const isKnown = await reopen(db, callId)
      if (isKnown) await idle()
      return isKnown
    },
    async stop() {
      isStopped = true
      cancelWatch()
      cancelRetry()
      await running
    },
  }
}

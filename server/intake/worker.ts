import type { Platform } from '../../core/lib/clock.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import {
  claim,
  isFull,
  isThere,
  noteFailure,
  reopen,
  takeBatch,
  takeOne,
  type Call,
} from './calls.ts'
import { FreshCalls } from './fresh.ts'
import type { OnHeard, RememberMedia } from './ports.ts'
import { readCall, understandCalls } from './understand.ts'

/** Every kept call is handed over; this is for what a kill, or another process, left behind. */
const safetyNetMs = 2000
/** A call that cannot be folded so often is put aside, and the line goes on without it. */
const maxAttempts = 5

export type IntakeOptions = {
  db: Database
  log: Log
  clock: Platform
  onMedia: RememberMedia
  /** Hears that a template is not what we know any more; the mirror has to look. */
  onTemplates?: () => void
  /** Hears that WhatsApp told something of numbers or accounts; what else is different has to be asked for. */
  onAccount?: () => void
  onHeard?: OnHeard
  /** Hears of calls that could not be folded and of a database that is away. Never gets a body. */
  onTrouble?: (trouble: { error: unknown; callId?: number }) => void
}

export type Intake = {
  /** There is something to understand: these calls, or else somewhere in the database. */
  wake(kept?: readonly Call[]): void
  /** Resolves when everything that is due has been folded. */
  idle(): Promise<void>
  /** Reads a call again; what it brought before is not brought twice. @returns false when its body is not here */
  replay(callId: number): Promise<boolean>
  stop(): Promise<void>
}

/** Understands kept calls in the order they came, many in one transaction. */
export function startIntake(options: IntakeOptions): Intake {
  const { db, log, clock } = options
  const fresh = new FreshCalls()
  let mayBeMore = true
  let isStopped = false
  let isWoken = false
  let running: Promise<void> | undefined
  let cancelWatch: () => void = () => undefined
  let cancelRetry: () => void = () => undefined

  function wake(kept?: readonly Call[]): void {
    if (kept === undefined || !fresh.add(kept)) mayBeMore = true
    isWoken = true
    start()
  }

  function start(): void {
    running ??= run().finally(() => {
      running = undefined
      if (isWoken && !isStopped) start()
    })
  }

  async function run(): Promise<void> {
    try {
      while (isWoken && !isStopped) {
        isWoken = false
        while (!isStopped && (mayBeMore || !fresh.isEmpty)) await foldBatch()
      }
    } catch (error) {
      mayBeMore = true
      options.onTrouble?.({ error }) // the safety net comes back to it
    }
  }

  async function foldBatch(): Promise<void> {
    const isSearch = mayBeMore
    mayBeMore = false
    let calls = isSearch ? [] : fresh.take()
    try {
      if (isSearch) {
        await log.write(async (tx) => {
          calls = await takeBatch(tx, fresh.firstId)
          await understandCalls(tx, calls.map(readCall), options)
        })
      } else await foldFresh(calls)
    } catch (error) {
      if (calls.length === 0 || !(await isThere(db))) throw error
      for (const { id } of calls) if (!isStopped) await foldAlone(id)
    }
    if (isSearch && isFull(calls)) mayBeMore = true
  }

  /** Reads them before it is their turn to write: others need not wait for that. */
  async function foldFresh(calls: readonly Call[]): Promise<void> {
    const read = calls.map(readCall)
    await log.write(async (tx) => {
      const mine = await claim(
        tx,
        calls.map(({ id }) => id),
      )
      await understandCalls(
        tx,
        read.filter(({ id }) => mine.has(id)),
        options,
      )
    })
  }

  async function foldAlone(callId: number): Promise<void> {
    try {
      await log.write(async (tx) => {
        const calls = await takeOne(tx, callId)
        await understandCalls(tx, calls.map(readCall), options)
      })
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

import type { Platform } from '../../core/lib/clock.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { bring, type MediaRow } from './bring.ts'
import type { MediaFiles } from './files.ts'

export type MediaWorkerOptions = {
  db: Database
  log: Log
  files: MediaFiles
  clock: Platform
  clientFor: (number: OwnNumber) => Client | undefined
  report: (error: unknown) => void
  /** How long after each failure; the last goes for all that follow. */
  waitsMs?: readonly number[]
}
export type MediaWorker = { wake(): void; idle(): Promise<void>; stop(): Promise<void> }

/** A few large files over a slow line must not hold up the small ones. */
const concurrency = 8
/** Woken by every stored message; this is for what another process left behind. */
const safetyNetMs = 30_000

/** Fetches files as soon as their messages are stored, and again until they are here or WhatsApp has dropped them. */
export function startMediaWorker(options: MediaWorkerOptions): MediaWorker {
  const { db, clock, report } = options
  const underWay = new Map<string, Promise<void>>()
  let isStopped = false
  let isAgain = false
  let round: Promise<void> | null = null
  let cancelTimer: () => void = () => undefined

  async function run(): Promise<void> {
    cancelTimer()
    try {
      do {
        isAgain = false
        const free = concurrency - underWay.size
        for (const row of free > 0 ? await due(free) : []) start(row)
      } while (isAgain && !isStopped)
    } catch (error) {
      report(error)
    }
    if (!isStopped) cancelTimer = clock.after(await untilNext().catch(() => safetyNetMs), wake)
  }

  /** Milliseconds until a file is due that is not being fetched now. */
  async function untilNext(): Promise<number> {
    const next = await pending().select('next_try_at').orderBy('next_try_at').executeTakeFirst()
    const inMs = (next?.next_try_at?.getTime() ?? Infinity) - clock.nowMs()
    return Math.max(0, Math.min(safetyNetMs, inMs))
  }

  function pending() {
    return db
      .selectFrom('media')
      .where('state', '=', 'pending')
      .$if(underWay.size > 0, (query) => query.where('id', 'not in', [...underWay.keys()]))
  }

  function due(limit: number): Promise<MediaRow[]> {
    return pending()
      .selectAll()
      .where('next_try_at', '<=', new Date(clock.nowMs()))
      .orderBy('next_try_at')
      .limit(limit)
      .execute()
  }

  function start(row: MediaRow): void {
    const job = bring(row, options)
      .catch(report)
      .finally(() => {
        underWay.delete(row.id)
        wake()
      })
    underWay.set(row.id, job)
  }

  function wake(): void {
    isAgain = true
    if (isStopped || round !== null) return
    round = run().finally(() => {
      round = null
      if (isAgain) wake()
    })
  }

  options.files.clear(clock.nowMs()).catch(report)
  wake()
  return {
    wake,
    async idle() {
      for (;;) {
        await round
        await Promise.all(underWay.values())
        if (round !== null || underWay.size > 0) continue
        if (isStopped || (await due(1)).length === 0) return
        wake()
      }
    },
    async stop() {
      isStopped = true
      cancelTimer()
      await round
      await Promise.race([
        Promise.all(underWay.values()),
        new Promise<void>((resolve) => clock.after(2000, resolve)),
      ])
    },
  }
}

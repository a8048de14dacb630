import type { Platform } from '../../core/lib/clock.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import type { Client, Outcome } from '../whatsapp/client.ts'
import { claim, type Claimed } from './claim.ts'
import { deliver, type Throttle } from './deliver.ts'
import { disownOlderEpochs, findDue, sweep } from './sweep.ts'

/** Brings a file to WhatsApp for this number, or finds that it is there. */
export type UploadMedia = (
  client: Client,
  number: OwnNumber,
  mediaId: string,
) => Promise<Outcome<{ mediaId: string }>>

export type SenderOptions = {
  db: Database
  log: Log
  clock: Platform
  /** Who speaks to WhatsApp for a number; undefined while there is no token, which pauses the number. */
  clientFor: (number: OwnNumber) => Client | undefined
  uploadMedia: UploadMedia
  /** Hears of every bug, and of a database that cannot be reached. */
  report: (error: unknown) => void
  /** Calls under way at once, each in a conversation of its own. */
  concurrency?: number
  uncertainAfterMs?: number
  leaseMs?: number
  /** How long a clean stop waits for calls under way. */
  stopAfterMs?: number
}

export type Sender = {
  /** Something may have become due. Cheap: call it after every commit. */
  wake(): void
  /** Resolves when nothing may leave now and no call is under way; what waits for its time keeps waiting. */
  idle(): Promise<void>
  /** Starts nothing more and gives calls under way a while to end; one that does not stays as evidence. */
  stop(): Promise<void>
}

/** Looks again at least so often, for what no commit of this process announces. */
const slowMs = 5000

/** Sends what the outbox holds: once, in order within a conversation, several conversations at a time. */
export function startSender(options: SenderOptions): Sender {
  const { db, log, clock, report } = options
  const { concurrency = 16, uncertainAfterMs = 30_000, leaseMs = 30_000 } = options
  const underWay = new Set<Promise<void>>()
  const throttle: Throttle = new Map()
  let isStopped = false
  let isAbandoned = false
  let isAgain = false
  let round: Promise<void> | null = null
  let cancelTimer: () => void = () => undefined
  let isPrepared = false

  async function runRounds(): Promise<void> {
    cancelTimer()
    let nextAtMs = Infinity
    try {
      do {
        isAgain = false
        nextAtMs = await runRound()
      } while (isAgain && !isStopped)
    } catch (error) {
      report(error)
    }
    if (isStopped) return
    const waitMs = Math.min(slowMs, Math.max(1, nextAtMs - clock.nowMs()))
    cancelTimer = clock.after(waitMs, wake)
  }

  /** @returns when the next thing is due by itself; Infinity when nothing is */
  async function runRound(): Promise<number> {
    if (!isPrepared) await disownOlderEpochs(log)
    isPrepared = true
    const due = await findDue(db, clock.nowMs(), held())
    if (due.needsSweep) await sweep(log, uncertainAfterMs)
    const limit = concurrency - underWay.size
    if (due.canClaim && limit > 0 && !isStopped) {
      const nowMs = clock.nowMs()
      for (const one of await claim(log, { nowMs, limit, heldNumberIds: held(), leaseMs })) {
        start(one)
      }
    }
    if (due.needsSweep) return clock.nowMs()
    return Math.min(due.nextAtMs ?? Infinity, ...throttle.values())
  }

  function start(claimed: Claimed): void {
    const call = deliver(claimed, {
      ...options,
      uncertainAfterMs,
      leaseMs,
      throttle,
      isAbandoned: () => isAbandoned,
    })
      .catch(report)
      .finally(() => {
        underWay.delete(call)
        wake()
      })
    underWay.add(call)
  }

  /** Numbers that were told to slow down. */
  function held(): string[] {
    const nowMs = clock.nowMs()
    for (const [id, untilMs] of throttle) if (untilMs <= nowMs) throttle.delete(id)
    return [...throttle.keys()]
  }

  function wake(): void {
    isAgain = true
    if (isStopped || round !== null) return
    round = runRounds().finally(() => {
      round = null
      if (isAgain) wake()
    })
  }

  wake()
  return {
    wake,
    async idle() {
      for (;;) {
        await round
        await Promise.all(underWay)
        if (round !== null || underWay.size > 0) continue
        if (isStopped || !(await findDue(db, clock.nowMs(), held())).canClaim) return
        wake()
      }
    },
    async stop() {
      isStopped = true
      cancelTimer()
      await round
      const patience = new Promise<void>((resolve) => {
        cancelTimer = clock.after(options.stopAfterMs ?? 10_000, resolve)
      })
      await Promise.race([Promise.all(underWay), patience])
      cancelTimer()
      isAbandoned = true
    },
  }
}

import type { Platform } from '../../core/lib/clock.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import type { Client, Outcome } from '../whatsapp/client.ts'
import type { Alert } from './alert.ts'
import { findCandidates, type Candidate } from './candidates.ts'
import { claim, type Claimed } from './claim.ts'
import { deliver } from './deliver.ts'
import { lanes } from './lanes.ts'
import type { Pace } from './pace/pace.ts'
import { Settler } from './settler.ts'
import { disownOlderEpochs, findDue, sweep } from './sweep.ts'
import { Wakeups } from './wakeups.ts'

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
  /** How fast each number may go. */
  pace: Pace
  /** Who speaks to WhatsApp for a number; undefined while there is no token, which pauses the number. */
  clientFor: (number: OwnNumber) => Client | undefined
  uploadMedia: UploadMedia
  /** Hears of every bug, and of a database that cannot be reached. */
  report: (error: unknown) => void
  /** Hears once of each trouble that an administrator can end, after it is written down. */
  onAlert?: (alert: Alert) => void
  /** Calls under way at once through all numbers, each in a conversation of its own. */
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
/** Between two looks. */
const gatherMs = 5
/** Looks for what time alone has made due at most so often, unless it is known that something is. */
const sweepEveryMs = 200
/** Of one number in one transaction; fewer of what goes to many, because people wait for that transaction to end. */
const claimAtMost = 128
const claimBulkAtMost = 32

/** Sends what the outbox holds: once, in order within a conversation, several conversations at a time. */
export function startSender(options: SenderOptions): Sender {
  const { db, log, clock, pace, report } = options
  const { concurrency = 512, uncertainAfterMs = 30_000, leaseMs = 30_000 } = options
  const underWay = new Set<Promise<void>>()
  const wakeups = new Wakeups()
  let isStopped = false
  let isAbandoned = false
  let isAgain = false
  let round: Promise<void> | null = null
  let cancelTimer: () => void = () => undefined
  let isPrepared = false
  let sweptAtMs = -Infinity
  let sweepDueMs = -Infinity

  const settler = new Settler({
    log,
    clock,
    uncertainAfterMs,
    isAbandoned: () => isAbandoned,
    onSettled: ({ alerts, nextAtMs }) => {
      wakeups.add(nextAtMs)
      sweepDueMs = Math.min(sweepDueMs, nextAtMs)
      raise(alerts)
    },
    report,
  })

  function raise(alerts: readonly Alert[]): void {
    for (const alert of alerts) options.onAlert?.(alert)
  }

  async function runRounds(): Promise<void> {
    cancelTimer()
    let nextAtMs = Infinity
    try {
      do {
        isAgain = false
        nextAtMs = await runRound()
        // What ends, commits or comes in together is looked at together.
        if (isAgain) await new Promise<void>((resolve) => clock.after(gatherMs, resolve))
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
    await sweepIfDue()
    await claimNext()
    const nowMs = clock.nowMs()
    return Math.min(sweepDueMs, pace.gates(nowMs).nextMs, wakeups.next(nowMs))
  }

  async function sweepIfDue(): Promise<void> {
    const nowMs = clock.nowMs()
    if (nowMs < sweepDueMs && nowMs - sweptAtMs < sweepEveryMs) return
    const due = await findDue(db, nowMs)
    sweptAtMs = nowMs
    sweepDueMs = due.nextAtMs
    if (!due.needsSweep) return
    await sweep(log, uncertainAfterMs)
    sweepDueMs = clock.nowMs() // there may be more of them
  }

  async function claimNext(): Promise<void> {
    const nowMs = clock.nowMs()
    const limit = Math.min(claimAtMost, concurrency - underWay.size)
    if (isStopped || limit <= 0 || pace.isStopped(nowMs)) return
    const found = await findCandidates(db, nowMs, pace.gates(nowMs), limit)
    if (found.length === 0) return
    const next = nextOf(found).slice(0, limit)
    const taken = await claim(log, next, { nowMs, pace, leaseMs })
    for (const one of taken.claimed) start(one)
    wakeups.add(taken.nextAtMs)
    raise(taken.alerts)
    const hasMore = next.length < found.length || next.length >= limit
    if (taken.hasMoved || (hasMore && taken.claimed.length > 0)) isAgain = true
  }

  function start(claimed: Claimed): void {
    const call = deliver(claimed, { ...options, leaseMs })
      .finally(() => pace.release(claimed.number, claimed.lane))
      .then((outcome) => settler.settle({ claimed, outcome, random: clock.random() }))
      .catch(report)
      .finally(() => {
        underWay.delete(call)
        wake()
      })
    underWay.add(call)
  }

  function wake(): void {
    isAgain = true
    if (isStopped || round !== null) return
    round = runRounds().finally(() => {
      round = null
      if (isAgain) wake()
    })
  }

  /** Whether something may leave now, or in a moment that the pace alone asks for. */
  async function canLeave(): Promise<boolean> {
    const nowMs = clock.nowMs()
    const gates = pace.gates(nowMs)
    if (isStopped || pace.isStopped(nowMs)) return false
    if ((await findCandidates(db, nowMs, gates, 1)).length > 0) return true
    const waitMs = gates.nextMs - nowMs
    if (waitMs > sweepEveryMs) return false
    await new Promise<void>((resolve) => clock.after(waitMs, resolve))
    return (await findCandidates(db, clock.nowMs(), pace.gates(clock.nowMs()), 1)).length > 0
  }

  wake()
  return {
    wake,
    async idle() {
      for (;;) {
        await round
        await Promise.all(underWay)
        if (round !== null || underWay.size > 0) continue
        if (!(await canLeave())) return
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

/** What is claimed together: never what goes to many with what people wait for. */
function nextOf(found: readonly Candidate[]): Candidate[] {
  const urgent = found.filter(({ lane }) => lane < lanes.bulk)
  return urgent.length > 0 ? urgent : found.slice(0, claimBulkAtMost)
}

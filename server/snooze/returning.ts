import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { MessageId } from '../../core/domain/ids.ts'
import { returned } from '../../core/domain/snooze.ts'
import type { Platform } from '../../core/lib/clock.ts'
import type { Log } from '../log/log.ts'
import type { Written } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'

/** Conversations brought back in one transaction. */
const batch = 50
/** Looks again at least this often: another process may have snoozed one, and clocks may be set. */
const longestWaitMs = 30_000
/** After a look that failed. */
const afterFaultMs = 5_000

export type Returning = {
  /** A conversation was snoozed. */
  wake(): void
  stop(): Promise<void>
}

/**
 * Brings snoozed conversations back when their time has come, by the database's clock. Whoever has the lane looks again
 * before it writes, so of several processes one does it, and a server that was down does it when it is up again.
 */
export function startReturning(parts: {
  db: Database
  log: Log
  clock: Platform
  report: (error: unknown) => void
}): Returning {
  const { db, log, clock, report } = parts
  let underWay: Promise<void> = Promise.resolve()
  let cancel: () => void = () => undefined
  let isStopped = false

  async function look(): Promise<number> {
    for (;;) {
      const waitMs = await untilNextMs(db)
      if (waitMs === null) return longestWaitMs
      if (waitMs > 0) return Math.min(waitMs, longestWaitMs)
      await bringBack(log, clock)
    }
  }

  function plan(afterMs: number): void {
    cancel()
    if (isStopped) return
    cancel = clock.after(afterMs, () => {
      underWay = underWay.then(async () => plan(await lookSafely()))
    })
  }

  async function lookSafely(): Promise<number> {
    try {
      return isStopped ? longestWaitMs : await look()
    } catch (error) {
      report(error)
      return afterFaultMs
    }
  }

  plan(0)
  return {
    wake: () => plan(0),
    async stop() {
      isStopped = true
      cancel()
      await underWay
    },
  }
}

/** Whether a commit snoozed a conversation, or changed until when. */
export function isSnoozed({ change }: Written): boolean {
  return change.entity === 'conversation' && change.row.snoozedUntilMs !== null
}

const nowMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`
const isAsleep = sql`snoozed_until_ms is not null and deleted_at is null and status = 'snoozed'`

/** Null when nothing comes back by itself; not above 0 when something is due. */
async function untilNextMs(db: Database): Promise<number | null> {
  const { rows } = await sql<{ waitMs: number }>`
    select snoozed_until_ms - ${nowMs} as "waitMs" from conversation where ${isAsleep}
    order by snoozed_until_ms limit 1
  `.execute(db)
  return rows[0]?.waitMs ?? null
}

async function bringBack(log: Log, clock: Platform): Promise<void> {
  await log.write(async (tx) => {
    const { rows } = await sql<{ data: Conversation }>`
      select data from conversation where ${isAsleep} and snoozed_until_ms <= ${nowMs}
      order by snoozed_until_ms limit ${batch}
    `.execute(tx.sql)
    tx.hold('conversation', rows)
    for (const { data } of rows) {
      const { conversation, line } = returned(data, clock.newId() as MessageId, tx.nowMs) // a fresh UUIDv7
      tx.put({ entity: 'message', row: line })
      tx.put({ entity: 'conversation', row: conversation })
    }
  })
}

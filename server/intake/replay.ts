import { sql, type RawBuilder } from 'kysely'
import type { Platform } from '../../core/lib/clock.ts'
import { createLog, type BeforeCommit } from '../log/log.ts'
import type { LogTx, Written } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import type { Call } from './calls.ts'
import type { RememberMedia } from './ports.ts'
import type { Outcome } from './tables.ts'
import { readCall, understandCalls } from './understand.ts'

/** Which calls are read again: those that came from `from` on and before `to`, about a number where one is named. */
export type Range = { from: Date; to: Date; number?: string }

/** How many parts had each fate. */
export type Fates = Partial<Record<Outcome, number>>

const batch = 500

function isInRange({ from, to, number }: Range): RawBuilder<unknown> {
  const isAbout =
    number === undefined
      ? sql`true`
      : sql`exists (select from webhook_part where call_id = webhook_call.id and phone_number_id = ${number})`
  return sql`received_at >= ${from} and received_at < ${to} and ${isAbout}`
}

export async function countCalls(
  db: Database,
  range: Range,
): Promise<{ calls: number; withoutBody: number }> {
  const { rows } = await sql<{ calls: number; kept: number }>`
    select count(*)::int as calls, count(body)::int as kept from webhook_call where ${isInRange(range)}
  `.execute(db)
  const { calls = 0, kept = 0 } = rows[0] ?? {}
  return { calls, withoutBody: calls - kept }
}

export async function countFates(db: Database, range: Range): Promise<Fates> {
  const { rows } = await sql<{ outcome: Outcome; count: number }>`
    select outcome, count(*)::int as count from webhook_part
    where call_id in (select id from webhook_call where ${isInRange(range)}) group by outcome
  `.execute(db)
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))
}

/** The ids of the messages these calls speak of, as a question for one column. */
export function messagesOf(range: Range): RawBuilder<unknown> {
  return sql`select message_id from webhook_part
    where call_id in (select id from webhook_call where ${isInRange(range)})`
}

/** Lets the intake read them again, as if they had just come. What a kill leaves over, the next start goes on with. */
export async function reopenCalls(db: Database, range: Range): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      update webhook_call set state = 'received', attempts = 0, error = null, not_before = null
      where body is not null and ${isInRange(range)} returning id
    `.execute(tx)
    const ids = rows.map(({ id }) => id)
    await sql`delete from webhook_part where outcome = 'failed' and call_id = any(${ids}::bigint[])`.execute(
      tx,
    )
  })
}

/** Ends a transaction on purpose. */
class TakenBack extends Error {}

/**
 * Folds the calls and takes everything back.
 *
 * @returns the rows that would be written, and the fates the parts would have
 */
export async function rehearse(
  db: Database,
  range: Range,
  parts: { clock: Platform; onMedia: RememberMedia; hooks: readonly BeforeCommit[] },
): Promise<{ written: Written[]; fates: Fates }> {
  let seen: { written: Written[]; fates: Fates } | undefined
  const takeBack: BeforeCommit = async (tx, written) => {
    seen = { written: written.filter(isReal), fates: await countFates(tx.sql, range) }
    throw new TakenBack()
  }
  const log = createLog(db, {
    nowMs: () => parts.clock.nowMs(),
    beforeCommit: [...parts.hooks, takeBack],
  })
  await log
    .write(async (tx) => {
      let last = 0
      for (let calls = await callsAfter(tx, range, last); calls.length > 0;) {
        await understandCalls(tx, calls.map(readCall), parts)
        last = calls.at(-1)?.id ?? last
        calls = await callsAfter(tx, range, last)
      }
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
    })
  return seen ?? { written: [], fates: {} }
}

function isReal({ change, before }: Written): boolean {
  return JSON.stringify(before) !== JSON.stringify(change.row)
}

async function callsAfter(tx: LogTx, range: Range, last: number): Promise<Call[]> {
  const { rows } = await sql<{ id: number; received_at: Date; body: Buffer }>`
    select id, received_at, body from webhook_call
    where id > ${last} and body is not null and ${isInRange(range)} order by id limit ${batch}
  `.execute(tx.sql)
  return rows.map(({ id, received_at, body }) => ({
    id,
    receivedAtMs: received_at.getTime(),
    body,
  }))
}

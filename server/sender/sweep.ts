import { sql, type RawBuilder } from 'kysely'
import type { SendError } from '../../core/domain/message.ts'
import type { MessageStatus } from '../../core/domain/status.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import { lastPatientLane } from './lanes.ts'
import { moveMessage } from './status.ts'
import type { OutboxState } from './tables.ts'
import { neverUploaded } from './waiting.ts'

export type Due = {
  /** Somebody's time is up: see `sweep`. */
  needsSweep: boolean
  /** When somebody's will be next; Infinity when nobody waits. */
  nextAtMs: number
}

/** Rows of one transaction: whoever waits for the log does not wait for a hundred thousand of them. */
const mostAtOnce = 1000

/** One cheap question, so that no transaction is opened for nothing. */
export async function findDue(db: Database, nowMs: number): Promise<Due> {
  const now = new Date(nowMs)
  const { rows } = await sql<{ needs_sweep: boolean; next_at: Date | null }>`
    select
      exists (select from outbox where state in ('sending', 'unknown') and lease_until <= ${now})
        or exists (select from outbox where state = 'scheduled' and not_before <= ${now})
        or exists (select from outbox o where ${isExpired(now)}) as needs_sweep,
      least(
        (select min(lease_until) from outbox where state in ('sending', 'unknown') and lease_until > ${now}),
        (select min(not_before) from outbox where state = 'scheduled' and not_before > ${now}),
        (select min(expires_at) from outbox where state in ('queued', 'held', 'waiting_upload') and expires_at > ${now})) as next_at
  `.execute(db)
  const [due] = rows
  return {
    needsSweep: due?.needs_sweep ?? false,
    nextAtMs: due?.next_at?.getTime() ?? Infinity,
  }
}

/** What people wrote and a paused number cannot send does not grow old. */
function isExpired(now: Date): RawBuilder<boolean> {
  return sql<boolean>`o.state in ('queued', 'held', 'waiting_upload') and o.expires_at <= ${now} and (o.lane > ${lastPatientLane}
    or not exists (select from number n where n.id = o.number_id and n.data->>'health' = 'paused'))`
}

/**
 * Draws the consequences of time: what was for later joins the queue; a call that outlived its lease (its process
 * died) has an unknown end and is never queued again; an unknown end that no status explained is the person's to
 * decide; what could not leave in time does not leave any more.
 */
export async function sweep(log: Log, uncertainAfterMs: number): Promise<void> {
  await log.write(async (tx) => {
    const now = new Date(tx.nowMs)
    await tx.sql
      .updateTable('outbox')
      .set({ state: 'queued', moved_at: now })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('outbox')
          .select('id')
          .where('state', '=', 'scheduled')
          .where('not_before', '<=', now)
          .limit(mostAtOnce),
      )
      .execute()
    await tx.sql
      .updateTable('outbox')
      .set({ state: 'queued', lease_until: null, moved_at: now })
      .where('kind', '=', 'receipt')
      .where('state', '=', 'sending')
      .where('lease_until', '<=', now)
      .execute()
    await giveUp(tx, 'uncertain', sql`o.state = 'unknown' and o.lease_until <= ${now}`)
    await tx.sql
      .updateTable('outbox')
      .set({
        state: 'unknown',
        lease_until: new Date(tx.nowMs + uncertainAfterMs),
        moved_at: now,
      })
      .where('state', '=', 'sending')
      .where('lease_until', '<=', now)
      .execute()
    const error: SendError = { code: 'expired', title: 'Could not be sent in time' }
    const isWaiting = sql<boolean>`o.state = 'waiting_upload'`
    await giveUp(tx, 'failed', sql`${isWaiting} and ${isExpired(now)}`, neverUploaded)
    await giveUp(tx, 'failed', isExpired(now), error)
  })
}

/**
 * After a restore from a backup nobody knows what was sent since it was taken: whatever an older history left
 * waiting becomes a question.
 */
export async function disownOlderEpochs(log: Log): Promise<void> {
  const isOlder = sql`o.state in ('scheduled', 'held', 'waiting_upload', 'queued', 'sending', 'unknown')
    and o.created_epoch <> (select epoch from lane where lane = 0)`
  while ((await log.write((tx) => giveUp(tx, 'uncertain', isOlder))) === mostAtOnce);
}

/** @returns how many rows that concerned, `mostAtOnce` when there may be more */
async function giveUp(
  tx: LogTx,
  state: Extract<OutboxState, MessageStatus>,
  which: RawBuilder<unknown>,
  error?: SendError,
): Promise<number> {
  const said = error === undefined ? null : JSON.stringify(error)
  const { rows } = await sql<{ id: string }>`
    update outbox set state = ${state}, moved_at = ${new Date(tx.nowMs)},
      last_error = coalesce(${said}::jsonb, last_error)
    where id in (select o.id from outbox o where ${which} limit ${mostAtOnce}) returning id
  `.execute(tx.sql)
  const ids = rows.map(({ id }) => id)
  await tx.load('message', ids)
  const messages = ids.flatMap((id) => tx.peek('message', id) ?? [])
  await tx.load(
    'conversation',
    messages.map(({ conversationId }) => conversationId),
  )
  for (const message of messages) {
    await moveMessage(tx, message, state, error === undefined ? {} : { error })
  }
  return ids.length
}

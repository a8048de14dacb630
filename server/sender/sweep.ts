import { sql } from 'kysely'
import type { SendError } from '../../core/domain/message.ts'
import type { MessageStatus } from '../../core/domain/status.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import { isClaimable } from './claim.ts'
import { moveMessage } from './status.ts'
import type { OutboxState } from './tables.ts'

export type Due = {
  canClaim: boolean
  /** Somebody's time is up: see `sweep`. */
  needsSweep: boolean
  /** When something becomes due next by itself; null when nothing will. */
  nextAtMs: number | null
}

/** One cheap question, so that a commit that has nothing to send costs no transaction. */
export async function findDue(
  db: Database,
  nowMs: number,
  heldNumberIds: readonly string[],
): Promise<Due> {
  const now = new Date(nowMs)
  const { rows } = await sql<{ can_claim: boolean; needs_sweep: boolean; next_at: Date | null }>`
    select
      exists (select from outbox o where ${isClaimable(nowMs, heldNumberIds)}) as can_claim,
      exists (select from outbox where state in ('sending', 'unknown') and lease_until <= ${now})
        or exists (select from outbox o where ${isExpired(now)}) as needs_sweep,
      least(
        (select min(not_before) from outbox where state = 'queued' and not_before > ${now}),
        (select min(lease_until) from outbox where state in ('sending', 'unknown') and lease_until > ${now}),
        (select min(expires_at) from outbox where state = 'queued' and expires_at > ${now})) as next_at
  `.execute(db)
  const [due] = rows
  return {
    canClaim: due?.can_claim ?? false,
    needsSweep: due?.needs_sweep ?? false,
    nextAtMs: due?.next_at?.getTime() ?? null,
  }
}

/** What a paused number cannot send does not grow old. */
function isExpired(now: Date) {
  return sql<boolean>`o.state = 'queued' and o.expires_at <= ${now}
    and not exists (select from number n where n.id = o.number_id and n.data->>'health' = 'paused')`
}

/**
 * Draws the consequences of time: a call that outlived its lease (its process died) has an unknown end and is never
 * queued again; an unknown end that no status explained is the person's to decide; a reply that could not leave in
 * time does not leave any more.
 */
export async function sweep(log: Log, uncertainAfterMs: number): Promise<void> {
  await log.write(async (tx) => {
    const now = new Date(tx.nowMs)
    await tx.sql
      .updateTable('outbox')
      .set({ state: 'queued', lease_until: null })
      .where('kind', '=', 'receipt')
      .where('state', '=', 'sending')
      .where('lease_until', '<=', now)
      .execute()
    await giveUp(tx, 'uncertain', sql`o.state = 'unknown' and o.lease_until <= ${now}`)
    await tx.sql
      .updateTable('outbox')
      .set({ state: 'unknown', lease_until: new Date(tx.nowMs + uncertainAfterMs) })
      .where('state', '=', 'sending')
      .where('lease_until', '<=', now)
      .execute()
    const error: SendError = { code: 'expired', title: 'Could not be sent in time' }
    await giveUp(tx, 'failed', isExpired(now), error)
  })
}

/**
 * After a restore from a backup nobody knows what was sent since it was taken: whatever an older history left
 * waiting becomes a question.
 *
 * @returns how many messages that concerned
 */
export async function disownOlderEpochs(log: Log): Promise<number> {
  return log.write((tx) =>
    giveUp(
      tx,
      'uncertain',
      sql`o.state in ('queued', 'sending', 'unknown')
        and o.created_epoch <> (select epoch from lane where lane = 0)`,
    ),
  )
}

async function giveUp(
  tx: LogTx,
  state: Extract<OutboxState, MessageStatus>,
  which: ReturnType<typeof sql>,
  error?: SendError,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update outbox o set state = ${state}, last_error = coalesce(${error === undefined ? null : JSON.stringify(error)}::jsonb, last_error)
    where ${which} returning o.id
  `.execute(tx.sql)
  const ids = rows.map(({ id }) => id)
  await tx.load('message', ids)
  for (const id of ids) {
    const message = tx.peek('message', id)
    if (message) await moveMessage(tx, message, state, error === undefined ? {} : { error })
  }
  return ids.length
}

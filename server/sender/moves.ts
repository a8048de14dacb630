import { sql } from 'kysely'
import type { SendError } from '../../core/domain/message.ts'
import type { LogTx } from '../log/transaction.ts'
import type { OutboxState } from './tables.ts'

/** How one outbox row goes on. */
export type Move = {
  id: string
  state: OutboxState
  /** Of the claim that may say so; without one it is true whatever became of the row meanwhile. */
  fence?: number
  /** Kept when absent. */
  notBeforeMs?: number
  leaseUntilMs?: number
  error?: SendError | null
  wamid?: string
}

/**
 * Brings rows a step further, all in one statement.
 *
 * @returns the ids of those that were still theirs to move
 */
export async function moveRows(tx: LogTx, moves: readonly Move[]): Promise<Set<string>> {
  if (moves.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    update outbox o set state = m.state, moved_at = ${new Date(tx.nowMs)}, lease_until = m.lease_until,
      not_before = coalesce(m.not_before, o.not_before), last_error = m.error, wamid = coalesce(m.wamid, o.wamid)
    from unnest(
      ${moves.map(({ id }) => id)}::text[],
      ${moves.map(({ state }) => state)}::text[],
      ${moves.map(({ fence }) => fence ?? null)}::int[],
      ${moves.map(({ notBeforeMs }) => dateOf(notBeforeMs))}::timestamptz[],
      ${moves.map(({ leaseUntilMs }) => dateOf(leaseUntilMs))}::timestamptz[],
      ${moves.map(({ error }) => (error == null ? null : JSON.stringify(error)))}::jsonb[],
      ${moves.map(({ wamid }) => wamid ?? null)}::text[]
    ) as m (id, state, fence, not_before, lease_until, error, wamid)
    where o.id = m.id and (m.fence is null or (o.fence = m.fence and o.state = 'sending'))
    returning o.id
  `.execute(tx.sql)
  return new Set(rows.map(({ id }) => id))
}

function dateOf(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms)
}

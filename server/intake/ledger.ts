import { sql } from 'kysely'
import type { LogTx } from '../log/transaction.ts'
import type { Fold } from './fold.ts'
import type { Happening } from './happening.ts'
import type { RememberMedia } from './ports.ts'
import type { Result } from './result.ts'

/** What became of one part of a call. */
export type LedgerRow = {
  callId: number
  index: number
  path: string
  kind: string
  phoneNumberId: string | undefined
  result: Result
  happening?: Happening
}

/** Writes down what a fold learnt besides the replicated rows: who is called how, and which files to fetch. */
export async function saveFold(tx: LogTx, fold: Fold, onMedia: RememberMedia): Promise<void> {
  await saveAliases(tx, fold)
  if (fold.files.length > 0) await onMedia(tx, fold.files)
}

export async function saveAliases(tx: LogTx, { newAliases }: Fold): Promise<void> {
  if (newAliases.size === 0) return
  const aliases = [...newAliases.values()]
  await sql`
    insert into contact_alias (kind, value, contact_id, at_ms)
    select * from unnest(
      ${aliases.map(({ kind }) => kind)}::text[], ${aliases.map(({ value }) => value)}::text[],
      ${aliases.map(({ contactId }) => contactId)}::text[], ${aliases.map(({ atMs }) => atMs)}::bigint[])
    on conflict (kind, value) do update set contact_id = excluded.contact_id, at_ms = excluded.at_ms
  `.execute(tx.sql)
}

/**
 * Writes the ledger. When a call is read again, a part that was stored stays so, and what is parked is not a
 * duplicate of itself.
 */
export async function writeParts(tx: LogTx, rows: readonly LedgerRow[]): Promise<void> {
  if (rows.length === 0) return
  const parked = await park(tx, rows)
  const results = rows.map((row) =>
    row.result.waiting === undefined || parked.has(keyOf(row)) ? row.result : waitsAlready,
  )
  await sql`
    insert into webhook_part (call_id, index, path, kind, outcome, reason, message_id, conversation_id,
      phone_number_id)
    select * from unnest(
      ${rows.map(({ callId }) => callId)}::bigint[], ${rows.map(({ index }) => index)}::int[],
      ${rows.map(({ path }) => path)}::text[], ${rows.map(({ kind }) => kind)}::text[],
      ${results.map(({ outcome }) => outcome)}::text[], ${results.map(({ reason }) => reason ?? null)}::text[],
      ${results.map(({ messageId }) => messageId ?? null)}::text[],
      ${results.map(({ conversationId }) => conversationId ?? null)}::text[],
      ${rows.map(({ phoneNumberId }) => phoneNumberId ?? null)}::text[])
    on conflict (call_id, index) do update set
      path = excluded.path, kind = excluded.kind, outcome = excluded.outcome, reason = excluded.reason,
      message_id = excluded.message_id, conversation_id = excluded.conversation_id,
      phone_number_id = excluded.phone_number_id
    where webhook_part.outcome not in ('stored', 'parked')
      or (webhook_part.outcome = 'parked' and excluded.outcome <> 'duplicate')
  `.execute(tx.sql)
}

const waitsAlready: Result = { outcome: 'duplicate', reason: 'the same waits already' }

function keyOf({ callId, index }: { callId: number; index: number }): string {
  return `${callId} ${index}`
}

/** @returns the parts that wait from now on; of two that say the same, one does */
async function park(tx: LogTx, rows: readonly LedgerRow[]): Promise<Set<string>> {
  const parked = rows.flatMap(({ result, happening, callId, index }) =>
    result.waiting === undefined || happening === undefined
      ? []
      : [{ ...result.waiting, happening: JSON.stringify(happening), callId, index }],
  )
  if (parked.length === 0) return new Set()
  const added = await sql<{ callId: number; index: number }>`
    insert into parked (number_id, wamid, kind, happening, call_id, part_index)
    select * from unnest(
      ${parked.map(({ numberId }) => numberId)}::text[], ${parked.map(({ wamid }) => wamid)}::text[],
      ${parked.map(({ kind }) => kind)}::text[], ${parked.map(({ happening }) => happening)}::jsonb[],
      ${parked.map(({ callId }) => callId)}::bigint[], ${parked.map(({ index }) => index)}::int[])
    on conflict do nothing returning call_id as "callId", part_index as index
  `.execute(tx.sql)
  return new Set(added.rows.map(keyOf))
}

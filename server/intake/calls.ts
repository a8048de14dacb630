import { sql } from 'kysely'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'

export type Call = { id: number; received_at: Date; body: Buffer | null }

/** A flood is folded in large steps: each costs about fifteen round trips, however much is in it. */
const batchCount = 500
const batchBytes = 8 * 1024 * 1024
const firstDelayMs = 50

/** The oldest calls nobody has understood yet; not more of them than fit into memory with ease. */
export async function takeBatch(tx: LogTx): Promise<Call[]> {
  const { rows } = await sql<Call>`
    select id, received_at, body from (
      select id, received_at, body,
        sum(octet_length(body)) over (order by id) - octet_length(body) as bytes_before
      from (
        select * from webhook_call
        where state = 'received' and (not_before is null or not_before <= now())
        order by id limit ${batchCount}
      ) as oldest
    ) as counted
    where coalesce(bytes_before, 0) < ${batchBytes} order by id
  `.execute(tx.sql)
  return rows
}

/** Whether the batch ended because it was large enough, and not because there was no more. */
export function isFull(calls: readonly Call[]): boolean {
  const bytes = calls.reduce((sum, { body }) => sum + (body?.byteLength ?? 0), 0)
  return calls.length >= batchCount || bytes >= batchBytes
}

export async function takeOne(tx: LogTx, id: number): Promise<Call[]> {
  return tx.sql
    .selectFrom('webhook_call')
    .select(['id', 'received_at', 'body'])
    .where('id', '=', id)
    .where('state', '=', 'received')
    .execute()
}

/** Says that the calls are understood; those with a reason could not be read at all. */
export async function finish(
  tx: LogTx,
  calls: readonly { id: number; reason: string | undefined }[],
): Promise<void> {
  const unread = calls.filter(({ reason }) => reason !== undefined)
  await sql`
    update webhook_call set state = 'done', error = null, not_before = null
    where id = any(${calls.map(({ id }) => id)}::bigint[])
  `.execute(tx.sql)
  if (unread.length === 0) return
  await sql`
    update webhook_call set state = 'failed', error = unread.reason
    from unnest(${unread.map(({ id }) => id)}::bigint[], ${unread.map(({ reason }) => reason)}::text[])
      as unread (id, reason)
    where webhook_call.id = unread.id
  `.execute(tx.sql)
}

/**
 * Counts a failed try. The call is tried again, each time after four times as long, and after the last it is put
 * aside with its reason in the ledger.
 *
 * @returns after how many milliseconds it is due again; undefined when it is not tried any more
 */
export async function noteFailure(
  db: Database,
  id: number,
  error: unknown,
  maxAttempts: number,
): Promise<number | undefined> {
  const why = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
  const { rows } = await sql<{ state: string; attempts: number }>`
    update webhook_call set attempts = attempts + 1, error = ${why},
      state = case when attempts + 1 >= ${maxAttempts}::int then 'failed' else state end,
      not_before = now() + interval '1 millisecond' * ${firstDelayMs}::int * 4 ^ attempts
    where id = ${id} and state = 'received' returning state, attempts
  `.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  if (row.state === 'received') return firstDelayMs * 4 ** (row.attempts - 1)
  const reason = `could not be folded in ${row.attempts} tries: ${why}`
  await sql`
    insert into webhook_part (call_id, index, path, kind, outcome, reason)
    values (${id}, 0, '', 'body', 'failed', ${reason})
    on conflict (call_id, index) do nothing
  `.execute(db)
  return undefined
}

/** Lets a call be read again, as if it had just come. @returns whether there is one, and its body is still kept */
export async function reopen(db: Database, id: number): Promise<boolean> {
  const opened = await db
    .updateTable('webhook_call')
    .set({ state: 'received', attempts: 0, error: null, not_before: null })
    .where('id', '=', id)
    .where('body', 'is not', null)
    .executeTakeFirst()
  if (opened.numUpdatedRows === 0n) return false
  await db
    .deleteFrom('webhook_part')
    .where('call_id', '=', id)
    .where('outcome', '=', 'failed')
    .execute()
  return true
}

/** Whether the database answers: if it does, what failed was the work and not the place. */
export async function isThere(db: Database): Promise<boolean> {
  return sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
}

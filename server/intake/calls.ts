import { hash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'

export type Call = { id: number; receivedAtMs: number; body: Buffer | null }

/** A flood is folded in large steps: each costs about ten round trips, however much is in it. */
export const batchCount = 500
export const batchBytes = 8 * 1024 * 1024
const firstDelayMs = 50

/**
 * Keeps calls in the order given, in one statement, which waits for the disk even where the database is set up not
 * to. The bodies travel as one value and are cut apart there: that is half the work of one value for each.
 */
export async function insertCalls(
  db: Database,
  arrived: readonly { body: Buffer; receivedAtMs: number }[],
): Promise<Call[]> {
  const bodies = arrived.map(({ body }) => body)
  const hashes = bodies.map((body) => hash('sha256', body))
  let end = 1
  const starts = bodies.map(({ byteLength }) => (end += byteLength) - byteLength)
  const { rows } = await sql<{ id: number; sha256: string }>`
    insert into webhook_call (sha256, received_at, body)
    select call.sha256, to_timestamp(call.at_ms / 1000.0),
      substring(${Buffer.concat(bodies)}::bytea from call.start for call.size)
    from (select set_config('synchronous_commit', 'on', true)) as durable,
      unnest(${hashes}::text[], ${arrived.map(({ receivedAtMs }) => receivedAtMs)}::float8[], ${starts}::int[],
        ${bodies.map(({ byteLength }) => byteLength)}::int[]) as call (sha256, at_ms, start, size)
    returning id, sha256
  `.execute(db)
  return arrived.flatMap((call, index) => {
    const row = rows[index]
    return row === undefined || row.sha256 !== hashes[index] ? [] : [{ id: row.id, ...call }]
  })
}

/**
 * Takes the oldest calls nobody has understood yet; not more of them than fit into memory with ease.
 *
 * @param before only calls that came before this one
 */
export async function takeBatch(tx: LogTx, before: number | undefined): Promise<Call[]> {
  return take(
    tx,
    sql`
      select id from (
        select id, sum(octet_length(body)) over (order by id) - octet_length(body) as bytes_before
        from (
          select id, body from webhook_call
          where state = 'received' and (not_before is null or not_before <= now())
            and (${before ?? null}::bigint is null or id < ${before ?? null})
          order by id limit ${batchCount}
        ) as oldest
      ) as counted
      where coalesce(bytes_before, 0) < ${batchBytes}`,
  )
}

export async function takeOne(tx: LogTx, id: number): Promise<Call[]> {
  return take(tx, sql`select ${id}::bigint as id`)
}

/** Says that the calls are understood, which is true when the transaction commits. */
async function take(tx: LogTx, ids: RawBuilder<unknown>): Promise<Call[]> {
  const { rows } = await sql<{ id: number; received_at: Date; body: Buffer | null }>`
    update webhook_call as call set state = 'done', error = null, not_before = null
    from (${ids}) as wanted where call.id = wanted.id and call.state = 'received'
    returning call.id, call.received_at, call.body
  `.execute(tx.sql)
  return rows
    .map(({ id, received_at, body }) => ({ id, receivedAtMs: received_at.getTime(), body }))
    .sort((a, b) => a.id - b.id)
}

/** The same for calls whose bodies are at hand. @returns the ids nobody had taken before */
export async function claim(tx: LogTx, ids: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    update webhook_call set state = 'done', error = null, not_before = null
    where id = any(${ids}::bigint[]) and state = 'received' returning id
  `.execute(tx.sql)
  return new Set(rows.map(({ id }) => id))
}

/** Whether the batch ended because it was large enough, and not because there was no more. */
export function isFull(calls: readonly Call[]): boolean {
  const bytes = calls.reduce((sum, { body }) => sum + (body?.byteLength ?? 0), 0)
  return calls.length >= batchCount || bytes >= batchBytes
}

/** Says why calls could not be read at all. */
export async function putAside(
  tx: LogTx,
  unread: readonly { id: number; reason: string }[],
): Promise<void> {
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

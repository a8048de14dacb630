import { sql, type RawBuilder } from 'kysely'
import type { Entity, Rows } from '../../core/domain/entities.ts'
import type { Database } from '../store/database.ts'
import type { LogTx } from '../log/transaction.ts'
import { lanes } from './lanes.ts'
import type { Gates } from './pace/pace.ts'

/** An outbox row that may leave now. */
export type Candidate = {
  id: string
  kind: 'message' | 'receipt'
  lane: number
  fence: number
  attempt: number
  number_id: string
  conversation_id: string
  not_before: Date
  wamid: string | null
}

/**
 * Which rows `o` may leave now. Within a conversation the next goes only when the one before it is through or
 * uncertain, never while another call is under way; people overtake rules, and never the other way round. One whose
 * file is still on its way holds up what the same author wrote after it, and nobody else.
 *
 * The two questions keep their `offset 0`: it makes PostgreSQL ask them of each row it looks at, by their index, and
 * never join everything that waits with everything that waits.
 */
function mayLeave(nowMs: number): RawBuilder<boolean> {
  const now = new Date(nowMs)
  return sql<boolean>`o.state = 'queued' and o.not_before <= ${now} and o.expires_at > ${now}
    and (o.kind = 'receipt' or not exists (
      select 1 from outbox p where p.conversation_id = o.conversation_id and p.kind = 'message' and p.id <> o.id
        and p.state in ('queued', 'sending', 'unknown', 'waiting_upload') and (
          (p.lane = o.lane and p.ord < o.ord
            and (p.state <> 'waiting_upload' or p.author_id is not distinct from o.author_id))
          or p.state = 'sending'
          or (p.lane < o.lane and p.state = 'queued'))
      offset 0))`
}

/** What may leave next, of each number that is not closed so many at most, in the order they leave. */
export async function findCandidates(
  db: Database,
  nowMs: number,
  gates: Gates,
  limit: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select o.* from (
      select id, case when id = any(${gates.closedToBulk}::text[]) then ${lanes.bulk - 1}::int else ${lanes.bulk}::int end as last_lane
      from number where deleted_at is null and data->>'health' <> 'paused' and id <> all(${gates.closed}::text[])
    ) n cross join lateral (
      select o.id, o.kind, o.lane, o.fence, o.attempt, o.number_id, o.conversation_id, o.not_before, o.wamid
      from outbox o where o.number_id = n.id and o.lane <= n.last_lane and ${mayLeave(nowMs)}
      order by o.lane, o.kind, o.created_at, o.ord limit ${limit}
    ) o
  `.execute(db)
  return rows
}

type Around = {
  number: Held<'number'>
  conversation: Held<'conversation'>
  message: Held<'message'>
  contact: Held<'contact'>
}
type Held<E extends Entity> = { data: Rows[E] } | null

/**
 * Those of them that may leave still, kept from others until the transaction ends, and in the transaction all that
 * they speak of, in one question. They are found by their ids first: what else is asked would lead PostgreSQL to
 * indexes of all that waits.
 */
export async function lockCandidates(
  tx: LogTx,
  nowMs: number,
  ids: readonly string[],
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate & Around>`
    with o as materialized (select * from outbox where id = any(${ids}::text[]) for update skip locked)
    select o.id, o.kind, o.lane, o.fence, o.attempt, o.number_id, o.conversation_id, o.not_before, o.wamid,
      ${rowOf('number', sql`o.number_id`)} as number,
      ${rowOf('conversation', sql`o.conversation_id`)} as conversation,
      ${rowOf('message', sql`o.id`)} as message,
      ${rowOf('contact', sql`(select contact_id from conversation where id = o.conversation_id)`)} as contact
    from o
    where ${mayLeave(nowMs)}
      and (select data->>'health' from number where id = o.number_id) is distinct from 'paused'
    order by o.lane, o.kind, o.created_at, o.ord
  `.execute(tx.sql)
  for (const row of rows) {
    if (row.number !== null) tx.hold('number', [row.number])
    if (row.conversation !== null) tx.hold('conversation', [row.conversation])
    if (row.message !== null) tx.hold('message', [row.message])
    if (row.contact !== null) tx.hold('contact', [row.contact])
  }
  return rows
}

/**
 * A row of the change log as `LogTx.hold` takes it; null when there is none. It is looked up for each row of the
 * question, because a join would read whole tables while PostgreSQL does not know yet how large they have become.
 */
export function rowOf(entity: Entity, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select json_build_object('data', e.data)
    from ${sql.table(entity)} e where e.id = ${id} and e.deleted_at is null)`
}

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
 * uncertain, never while another call is under way; people overtake rules, and never the other way round.
 *
 * The two questions keep their `offset 0`: it makes PostgreSQL ask them of each row it looks at, by their index, and
 * never join everything that waits with everything that waits.
 */
function mayLeave(nowMs: number): RawBuilder<boolean> {
  const now = new Date(nowMs)
  return sql<boolean>`o.state = 'queued' and o.not_before <= ${now} and o.expires_at > ${now}
    and (o.kind = 'receipt' or not exists (
      select 1 from outbox p where p.conversation_id = o.conversation_id and p.kind = 'message' and p.id <> o.id
        and p.state in ('queued', 'sending', 'unknown') and (
          (p.lane = o.lane and p.ord < o.ord)
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
type Held<E extends Entity> = { scope: string; data: Rows[E] } | null

/**
 * Those of them that may leave still, kept from others until the transaction ends, and in the transaction all that
 * they speak of, in one question.
 */
export async function lockCandidates(
  tx: LogTx,
  nowMs: number,
  ids: readonly string[],
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate & Around>`
    select o.id, o.kind, o.lane, o.fence, o.attempt, o.number_id, o.conversation_id, o.not_before, o.wamid,
      ${held('n')} as number, ${held('c')} as conversation, ${held('m')} as message, ${held('k')} as contact
    from outbox o
    left join number n on n.id = o.number_id and n.deleted_at is null
    left join conversation c on c.id = o.conversation_id and c.deleted_at is null
    left join message m on m.id = o.id and m.deleted_at is null
    left join contact k on k.id = c.contact_id and k.deleted_at is null
    where o.id = any(${ids}::text[]) and n.data->>'health' is distinct from 'paused' and ${mayLeave(nowMs)}
    order by o.lane, o.kind, o.created_at, o.ord
    for update of o skip locked
  `.execute(tx.sql)
  for (const row of rows) {
    if (row.number !== null) tx.hold('number', [row.number])
    if (row.conversation !== null) tx.hold('conversation', [row.conversation])
    if (row.message !== null) tx.hold('message', [row.message])
    if (row.contact !== null) tx.hold('contact', [row.contact])
  }
  return rows
}

/** A row of the change log as `LogTx.hold` takes it; null when there is none. */
export function held(alias: string): RawBuilder<unknown> {
  const table = sql.raw(alias)
  return sql`case when ${table}.id is not null then json_build_object('scope', ${table}.scope, 'data', ${table}.data) end`
}

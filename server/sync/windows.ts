import { sql, type Kysely } from 'kysely'
import type { Scope } from '../../core/domain/scopes.ts'
import { mostMessages, windowMessages } from '../../core/domain/window.ts'
import type { Tables } from '../store/tables.ts'
import { putOf } from './changes.ts'

/** A resolved conversation nobody touched for so long is listed, and its messages are asked for when it is opened. */
const recentDays = 90
/** Conversations read at once. */
const bunch = 50

/** Which conversations come with their newest messages: touched after `recentMs` or not resolved, and after `cutoffMs`. */
export type Choice = { recentMs: number; cutoffMs: number }

/** A merged one shows inside another, whatever its own state. */
export function isWindowed({ recentMs, cutoffMs }: Choice) {
  return sql`(c.data->>'mergedInto' is not null
    or ((c.status <> 'resolved' or c.updated_at_ms >= ${recentMs}) and c.updated_at_ms >= ${cutoffMs}))`
}

/** The most recent conversations that fit; decided once for a snapshot, so that its pages agree. */
export async function chooseWindows(
  db: Kysely<Tables>,
  scopes: readonly Scope[],
  nowMs: number,
): Promise<Choice & { messages: number }> {
  const recentMs = nowMs - recentDays * 86_400_000
  const { rows } = await sql<{ cutoff_ms: number; messages: number }>`
    select coalesce(max(updated_at_ms) filter (where total > ${mostMessages}) + 1, 0) as cutoff_ms,
      coalesce(max(total) filter (where total <= ${mostMessages}), 0)::int as messages
    from (
      select updated_at_ms, sum(least(${windowMessages}::int, (data->>'lastOrd')::int))
        over (order by updated_at_ms desc, id) as total
      from conversation c
      where scope && ${[...scopes]}::text[] and deleted_at is null
        and ${isWindowed({ recentMs, cutoffMs: 0 })}) as newest_first
  `.execute(db)
  return { recentMs, cutoffMs: rows[0]?.cutoff_ms ?? 0, messages: rows[0]?.messages ?? 0 }
}

/**
 * The newest messages of the next conversations, whole seconds of them, and how far back they reach. `offset 0` has the
 * database look for that once a conversation; without it it would for every message.
 */
export async function readWindows(
  db: Kysely<Tables>,
  place: Choice & { scopes: readonly Scope[]; after: string },
): Promise<{ lines: string[]; last: string | null }> {
  const { rows } = await sql<{ id: string; from_ms: number; rev: number | null; data: string }>`
    select c.id, start.from_ms, m.rev, m.data::text as data
    from (
      select c.id from conversation c
      where c.id > ${place.after} and c.scope && ${[...place.scopes]}::text[] and c.deleted_at is null
        and ${isWindowed(place)}
      order by c.id limit ${bunch}) as c
    cross join lateral (
      select coalesce((
        select sent_at_ms / 1000 * 1000 from message
        where conversation_id = c.id and deleted_at is null
        order by sent_at_ms desc offset ${windowMessages - 1} limit 1), 0) as from_ms
      offset 0) as start
    left join message m on m.conversation_id = c.id and m.sent_at_ms >= start.from_ms
      and m.deleted_at is null
    order by c.id
  `.execute(db)
  const lines: string[] = []
  let conversations = 0
  let last: string | null = null
  for (const { id, from_ms, rev, data } of rows) {
    if (id !== last) {
      lines.push(`["window","${id}",${from_ms}]`)
      conversations += 1
      last = id
    }
    if (rev !== null) lines.push(putOf('message', rev, data))
  }
  return { lines, last: conversations === bunch ? last : null }
}

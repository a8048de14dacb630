import { sql, type Kysely } from 'kysely'
import type { Message } from '../../core/domain/message.ts'
import type { Scope } from '../../core/domain/scopes.ts'
import type { Tables } from '../store/tables.ts'

/** Messages of one conversation from before a time, whole seconds of them, and how far back they reach; 0: to its beginning. */
export type Before = { messages: Message[]; fromMs: number }

/** The newest messages from before `beforeMs`, as somebody with these scopes sees them. */
export async function readBefore(
  db: Kysely<Tables>,
  asked: { scopes: readonly Scope[]; conversationId: string; beforeMs: number; limit: number },
): Promise<Before> {
  const { conversationId, beforeMs, limit } = asked
  const isTheirs = sql`conversation_id = ${conversationId} and sent_at_ms < ${beforeMs} and deleted_at is null
    and exists (select from conversation
      where id = ${conversationId} and scope && ${[...asked.scopes]}::text[] and deleted_at is null)`
  const { rows } = await sql<{ from_ms: number; data: Message }>`
    with start as (
      select coalesce((
        select sent_at_ms / 1000 * 1000 from message where ${isTheirs}
        order by sent_at_ms desc offset ${limit - 1} limit 1), 0) as from_ms)
    select start.from_ms, data from message, start where ${isTheirs} and sent_at_ms >= start.from_ms
  `.execute(db)
  return { messages: rows.map(({ data }) => data), fromMs: rows[0]?.from_ms ?? 0 }
}

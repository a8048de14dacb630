import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { BeforeCommit } from './log.ts'

/** Keeps a row for each opening of a conversation, so that figures do not depend on what is open now. */
export const recordOpenings: BeforeCommit = async (tx, written) => {
  const rows = written.flatMap(({ change, before }) => {
    if (change.entity !== 'conversation') return []
    const was = before as Conversation | undefined // the row before has the same entity
    const now = change.row
    const isSame = was?.openedAtMs === now.openedAtMs && was.resolvedAtMs === now.resolvedAtMs
    return isSame ? [] : [now]
  })
  if (rows.length === 0) return
  await sql`
    insert into opening (conversation_id, opened_at_ms, resolved_at_ms)
    select * from unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.openedAtMs)}::bigint[],
      ${rows.map((row) => row.resolvedAtMs)}::bigint[])
    on conflict (conversation_id, opened_at_ms) do update set resolved_at_ms = excluded.resolved_at_ms
  `.execute(tx.sql)
}

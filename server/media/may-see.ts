import { sql } from 'kysely'
import { isSeenBy } from '../http/sees.ts'
import type { Actor } from '../auth/auth.ts'
import type { Database } from '../store/database.ts'

/**
 * Whether they may see the file: who may see a conversation it was written in. What was uploaded and is in none yet
 * may be had by whoever knows its id, which nobody can guess.
 */
export async function maySeeFile(db: Database, actor: Actor, mediaId: string): Promise<boolean> {
  const { rows } = await sql<{ is_seen: boolean | null }>`
    select bool_or(${isSeenBy(actor, sql`talk.scope`)}) as is_seen
    from message join conversation as talk on talk.id = message.conversation_id
    where message.media_id = ${mediaId} and message.deleted_at is null
  `.execute(db)
  return rows[0]?.is_seen ?? true
}

import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../store/database.ts'
import { keptMs } from './kinds.ts'

/**
 * Lets the worker try again with files it had given up, as long as WhatsApp still has them. A file that is too large
 * stays too large.
 *
 * @param messageIds a list, or a question for one column
 * @returns how many files there are
 */
export async function fetchAgain(
  db: Database,
  nowMs: number,
  messageIds: readonly string[] | RawBuilder<unknown>,
): Promise<number> {
  const ids = Array.isArray(messageIds) ? sql`select unnest(${messageIds}::text[])` : messageIds
  const { numAffectedRows = 0n } = await sql`
    update media set state = 'pending', attempts = 0, next_try_at = ${new Date(nowMs)}, ended_at = null
    where state = 'failed' and last_error <> 'too-large' and meta_media_id is not null and created_at > ${new Date(nowMs - keptMs)}
      and id in (select data->'media'->>'id' from message where id in (${ids}))
  `.execute(db)
  return Number(numAffectedRows)
}

import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Measured } from './store.ts'

const dayMs = 24 * 60 * 60_000

/** What counts towards the portfolio's limit, and when each number was last heard of. */
export async function measure(
  db: Database,
  accountId: string | undefined,
  nowMs: number,
): Promise<Measured> {
  const heard = await db.selectFrom('number_heard').selectAll().execute()
  return {
    limitUse:
      accountId === undefined
        ? undefined
        : { contacts: await countContacts(db, accountId, nowMs), measuredAtMs: nowMs },
    heardAtMs: new Map(heard.map((row) => [row.phone_number_id, row.heard_at.getTime()])),
  }
}

/** People to whom a template went in the last 24 hours who had not written in the 24 hours before. @see facts 6.2 */
async function countContacts(db: Database, accountId: string, nowMs: number): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select count(distinct conversation.contact_id)::int as contacts
    from outbox
      join conversation on conversation.id = outbox.conversation_id
      join number on number.id = outbox.number_id and number.data->>'accountId' = ${accountId}
    where outbox.state = 'accepted' and outbox.template_id is not null
      and outbox.moved_at > ${new Date(nowMs - dayMs)}
      and not exists (
        select 1 from message
        where message.conversation_id = outbox.conversation_id and message.direction = 'in'
          and message.ord < outbox.ord and message.deleted_at is null
          and (message.data->>'sentAtMs')::bigint > extract(epoch from outbox.moved_at) * 1000 - ${dayMs})
  `.execute(db)
  return rows[0]?.contacts ?? 0
}

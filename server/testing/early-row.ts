import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Database } from '../store/database.ts'

/** The first row of a log, as the first migrations had it, when everything was seen by everybody. */
export async function writeAsEarly(db: Database, row: Conversation): Promise<void> {
  await sql`
    with head as (update lane set head = 1),
    place as (insert into change (lane, seq, entity, id, scope) values (0, 1, 'conversation', ${row.id}, 'ws'))
    insert into conversation (id, scope, rev, data)
    select ${row.id}, 'ws', 1, ${JSON.stringify(row)}::jsonb from set_config('kontor.after', '0', true)
  `.execute(db)
}

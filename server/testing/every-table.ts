import { sql } from 'kysely'
import type { MessageId } from '../../core/domain/ids.ts'
import { aContact, aConversation, aDraft, aMessage, aUser } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import { createLog, prepareLane } from '../log/log.ts'
import type { Database } from '../store/database.ts'

/** What has ever broken an export: the marks of COPY's own format, line ends, quotes, four-byte letters. */
export const nasty = 'Tab\t, Zeile\n, \\N, \\.\n\\.\r\n, "Zitat" \'und\' $1, Ä ß 👩🏽‍🚀, \u2028'

/** Rows in every table, replicated ones through the log, as many messages as wanted. */
export async function fillEveryTable(db: Database, messages = 3): Promise<void> {
  await prepareLane(db, () => clock.newId())
  const log = createLog(db, { nowMs: () => clock.nowMs() })
  const [user, contact, conversation] = [aUser(), aContact({ name: nasty }), aConversation()]
  await log.write(async (tx) => {
    tx.put({ entity: 'user', row: user })
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'conversation', row: { ...conversation, contactId: contact.id } })
    tx.put({ entity: 'draft', row: aDraft(user, conversation, { text: nasty }) })
    for (let ord = 1; ord <= messages; ord += 1) {
      const id = clock.newId() as MessageId // made here
      const row = aMessage({ id, ord, text: nasty, conversationId: conversation.id })
      tx.put({ entity: 'message', row: { ...row, wamid: `wamid.${ord}` } })
    }
  })
  const all = [
    sql`insert into replica (id, user_id, lmid, lmuid) values ('r', ${user.id}, 7, 'm')`,
    sql`insert into mutation (muid, replica, mid, name, args_hash, result) values ('m', 'r', 7, 'note.add', 'x', '{"ok":true}')`,
    sql`insert into account values (${user.id}, ${nasty}, now(), now())`,
    sql`insert into session (id, user_id, device, token_hash, expires_at, refresh_hash, refresh_expires_at, created_at, last_seen_at)
      values ('s', ${user.id}, ${nasty}, 'h', now(), 'f', 'infinity', now(), now())`,
    sql`insert into spent_refresh values ('spent', 's')`,
    sql`insert into sync_ticket values ('ticket', ${user.id}, 's', now())`,
    sql`insert into setup_link values ('link', null, now(), now(), null)`,
    sql`insert into api_key values ('k', ${nasty}, 'kto', 'hash', array['read', ${nasty}], 'u', now(), null, null, null)`,
    sql`insert into idempotency values ('a', 'k', 'h', 'f', now(), now(), 200, '1.sealed')`,
    sql`insert into webhook_call (sha256, received_at, body) select 'x', now(), '\\x00ff0a5c2e0a'::bytea from generate_series(1, 20)`,
    sql`delete from webhook_call where id > 17`,
    sql`insert into webhook_part (call_id, index, path, kind, outcome, reason) values (1, 0, 'a', 'b', 'failed', ${nasty})`,
    sql`insert into contact_alias values ('phone', '49', ${contact.id}, 1)`,
    sql`insert into parked (number_id, wamid, kind, happening, call_id, part_index) values ('n', 'w', 'edit', ${JSON.stringify({ nasty })}, 1, 0)`,
    sql`insert into outbox (id, kind, number_id, conversation_id, lane, ord, state, not_before, expires_at, last_error, created_epoch, created_at)
      values ('o', 'message', 'n', 'c', 0, 1, 'queued', now(), now(), '{"code":"x"}', 'e', now())`,
    sql`insert into media (id, sha256, size_bytes, mime, file_name, state, created_at) values ('f', null, 12, 'image/png', ${nasty}, 'pending', now())`,
    sql`insert into media_upload values ('f', 'n', 'm', now())`,
    sql`insert into upload values ('f', 'u', 12, null, 'image/png', ${nasty}, now(), now(), null)`,
    sql`insert into alert values ('webhook-failed', '', now(), null, '{}')`,
    sql`insert into number_heard values ('1', now())`,
    sql`insert into number_hour values ('1', now(), 3)`,
    sql`insert into number_reading values ('n', 'profile', ${JSON.stringify({ nasty })}, now())`,
    sql`insert into number_picture values ('n', 'https://x', 'image/jpeg', '\\x00ff0a5c2e0a'::bytea)`,
    sql`insert into blocked_user values ('n', '49', '+49', null, ${nasty}, now())`,
    sql`insert into firm_setting values ('budget', ${JSON.stringify({ nasty })}, now(), ${nasty})`,
    sql`insert into verification_change (at, source, kind, what) values (now(), 'person', 'deed', ${nasty})`,
    sql`insert into opening values (${conversation.id}, 1, 2)`,
  ]
  for (const one of all) await one.execute(db)
}

/** Every row of every table as text, in an order of its own. */
export async function everyRow(db: Database): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1
  `.execute(db)
  const found: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(name)} t order by 1
    `.execute(db)
    found[name] = rows.map(({ row }) => row)
  }
  return found
}

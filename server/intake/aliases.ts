import { sql } from 'kysely'
import type { BeforeCommit } from '../log/log.ts'
import { identifiersOf } from './identity.ts'

/**
 * Whoever writes a contact, by hand or by an import: from then on what WhatsApp calls them leads to that contact.
 * An identifier that leads to somebody else already stays where it is.
 */
export const rememberAliases: BeforeCommit = async (tx, written) => {
  const named = written.flatMap(({ change }) =>
    change.entity !== 'contact'
      ? []
      : identifiersOf(change.row, change.row.createdAtMs).map((one) => ({
          ...one,
          contactId: change.row.id,
        })),
  )
  if (named.length === 0) return
  await sql`
    insert into contact_alias (kind, value, contact_id, at_ms)
    select * from unnest(
      ${named.map(({ kind }) => kind)}::text[], ${named.map(({ value }) => value)}::text[],
      ${named.map(({ contactId }) => contactId)}::text[], ${named.map(({ atMs }) => atMs)}::bigint[])
    on conflict do nothing
  `.execute(tx.sql)
}

import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { ContactId } from '../../core/domain/ids.ts'
import type { LogTx } from './transaction.ts'

/** Loads all conversations of these contacts, whichever there are, and says how to find them at their newest. */
export async function loadConversationsOf(
  tx: LogTx,
  contactIds: readonly ContactId[],
): Promise<(contactId: ContactId) => Conversation[]> {
  if (contactIds.length === 0) return () => []
  const { rows } = await sql<{ data: Conversation }>`
    select data from conversation
    where contact_id = any(${[...contactIds]}::text[]) and deleted_at is null order by id
  `.execute(tx.sql)
  tx.hold('conversation', rows)
  const written = tx
    .written()
    .flatMap(({ change }) => (change.entity === 'conversation' ? [change.row.id] : []))
  const ids = new Set([...rows.map(({ data }) => data.id), ...written])
  return (contactId) =>
    [...ids].flatMap((id) => {
      const row = tx.peek('conversation', id)
      return row?.contactId === contactId ? [row] : []
    })
}

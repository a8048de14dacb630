import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Entity, Rows } from '../../core/domain/entities.ts'
import type { ContactId, NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Alias } from './fold.ts'
import type { Names } from './names.ts'
import type { AliasKind } from './tables.ts'

export type MessageKey = { numberId: NumberId; wamid: string }

/** All our numbers; and of the people and messages that were named: what is known of them, their conversations. */
export type Found = {
  numbers: OwnNumber[]
  aliases: Alias[]
  conversations: Conversation[]
  messages: Message[]
}

type FoundRow =
  | { entity: Entity; data: unknown }
  | { entity: 'alias'; kind: AliasKind; value: string; contact_id: ContactId; at_ms: number }

/**
 * Finds it in one question; the transaction holds the rows, their contacts included. Every `limit 1` makes the planner
 * look a row up by its index: it takes new tables for small ones and would read them whole.
 */
export async function findAround(
  tx: LogTx,
  { people = [], wamids = [], messageIds = [] }: Partial<Names>,
): Promise<Found> {
  const { rows } = await sql<FoundRow>`
    with person as materialized (
      select distinct alias.contact_id from unnest(
        ${people.map(({ kind }) => kind)}::text[], ${people.map(({ value }) => value)}::text[]) as named (kind, value)
      cross join lateral (
        select contact_id from contact_alias as known
        where known.kind = named.kind and known.value = named.value limit 1) as alias
    ),
    spoken as materialized (
      select message.id, message.data, message.conversation_id from unnest(
        ${wamids.map(({ on }) => on.phoneNumberId)}::text[], ${wamids.map(({ wamid }) => wamid)}::text[])
        as named (phone_number_id, wamid)
      join number using (phone_number_id)
      cross join lateral (
        select * from message as known
        where known.number_id = number.id and known.wamid = named.wamid and known.deleted_at is null limit 1) as message
      union
      select message.id, message.data, message.conversation_id
      from unnest(${messageIds}::text[]) as named (id)
      cross join lateral (
        select * from message as known where known.id = named.id and known.deleted_at is null limit 1) as message
    ),
    talk as materialized (
      select conversation.id, conversation.data, conversation.contact_id
      from number cross join person
      cross join lateral (
        select * from conversation as known where known.number_id = number.id
          and known.contact_id = person.contact_id and known.deleted_at is null limit 1) as conversation
      union
      select conversation.id, conversation.data, conversation.contact_id
      from (select distinct conversation_id from spoken) as named
      cross join lateral (
        select * from conversation as known
        where known.id = named.conversation_id and known.deleted_at is null limit 1) as conversation
    )
    select 'number' as entity, data, null as kind, null as value, null as contact_id, null::bigint as at_ms
    from number where deleted_at is null
    union all select 'conversation', data, null, null, null, null from talk
    union all select 'message', data, null, null, null, null from spoken
    union all select 'contact', contact.data, null, null, null, null
    from (select contact_id from person union select contact_id from talk) as named
    cross join lateral (
      select * from contact as known
      where known.id = named.contact_id and known.deleted_at is null limit 1) as contact
    union all select 'alias', null, kind, value, contact_id, at_ms
    from person join contact_alias using (contact_id)
  `.execute(tx.sql)
  take(tx, 'contact', rows)
  return {
    numbers: take(tx, 'number', rows),
    aliases: rows.flatMap((row) =>
      row.entity !== 'alias'
        ? []
        : [{ kind: row.kind, value: row.value, contactId: row.contact_id, atMs: row.at_ms }],
    ),
    conversations: take(tx, 'conversation', rows),
    messages: take(tx, 'message', rows),
  }
}

/** The ids of these messages and of all reactions to them. */
export async function findReactionIds(tx: LogTx, keys: readonly MessageKey[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select message.id from unnest(
      ${keys.map(({ numberId }) => numberId)}::text[], ${keys.map(({ wamid }) => wamid)}::text[])
      as named (number_id, wamid)
    cross join lateral (
      (select id from message as known where known.number_id = named.number_id and known.wamid = named.wamid limit 1)
      union all
      (select id from message as known
        where known.number_id = named.number_id and known.reaction_wamid = named.wamid offset 0)) as message
  `.execute(tx.sql)
  return rows.map(({ id }) => id)
}

/** The rows of one entity as this transaction has them, and those it wrote that the database does not have yet. */
function take<E extends Entity>(tx: LogTx, entity: E, found: readonly FoundRow[]): Rows[E][] {
  const rows = found.flatMap(
    (row) => (row.entity === entity ? [{ data: row.data as Rows[E] }] : []), // the row of that entity
  )
  tx.hold(entity, rows)
  const written = tx.written().flatMap(
    ({ change }) => (change.entity === entity ? [change.row as Rows[E]] : []), // the row of that entity
  )
  return [...rows.map(({ data }) => tx.peek(entity, data.id) ?? data), ...written]
}

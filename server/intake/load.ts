import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Entity, Rows } from '../../core/domain/entities.ts'
import type { ContactId, NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Template } from '../../core/domain/template.ts'
import type { LogTx } from '../log/transaction.ts'
import { Fold, type Alias } from './fold.ts'
import type { Happening, OurNumber } from './happening.ts'
import { loadEvents } from './account-events.ts'
import { loadMerged } from './merged.ts'
import { namesIn, type Names } from './names.ts'
import type { AliasKind } from './tables.ts'

/** Loads everything these happenings may touch, in a handful of questions however many there are. */
export async function loadFold(
  tx: LogTx,
  happenings: readonly Happening[],
  newId: () => string,
): Promise<Fold> {
  const numbers = [...(await tx.list('number')), ...writtenRows(tx, 'number')]
  const names = namesIn(happenings)
  const aliases = await loadAliases(tx, names)
  const messages = await loadMessages(tx, names, metaIds(numbers))
  const conversations = await loadConversations(tx, messages, aliases)
  await loadContacts(
    tx,
    conversations.map(({ contactId }) => contactId),
  )
  const merged = await loadMerged(tx, [
    ...aliases.map(({ contactId }) => contactId),
    ...conversations.map(({ contactId }) => contactId),
    ...reactingContacts(messages),
  ])
  const events = await loadEvents(tx, happenings)
  const templates = await loadTemplates(tx, happenings)
  const known = { numbers, aliases, messages, templates, events }
  return new Fold(tx, { ...known, conversations: [...conversations, ...merged] }, newId)
}

/** Who gave the reactions: by now they may be somebody else. */
function reactingContacts(messages: readonly Message[]): ContactId[] {
  return messages.flatMap(({ type, author }) =>
    type === 'reaction' && author?.kind === 'contact' && author.id !== undefined
      ? [author.id as ContactId] // a contact's author id is a contact id
      : [],
  )
}

/** The templates these happenings speak of, as far as they are known. */
async function loadTemplates(tx: LogTx, happenings: readonly Happening[]): Promise<Template[]> {
  const named = happenings.flatMap((one) => (one.kind === 'template-changed' ? [one.template] : []))
  if (named.length === 0) return []
  const { rows } = await sql<Found<'template'>>`
    select scope, data from template
    where deleted_at is null and (meta_id = any(${named.map(({ metaId }) => metaId ?? '')}::text[])
      or data->>'name' = any(${named.map(({ name }) => name ?? '')}::text[]))
  `.execute(tx.sql)
  return held(tx, 'template', rows)
}

type IdOf = (on: OurNumber) => NumberId | undefined

function metaIds(numbers: readonly OwnNumber[]): IdOf {
  const ids = new Map(numbers.map(({ phoneNumberId, id }) => [phoneNumberId, id]))
  return ({ phoneNumberId }) => ids.get(phoneNumberId)
}

/** All that is known of these people's names, and the people. */
async function loadAliases(tx: LogTx, { people }: Names): Promise<Alias[]> {
  if (people.length === 0) return []
  const kinds = people.map(({ kind }) => kind)
  const values = people.map(({ value }) => value)
  const { rows } = await sql<AliasRow>`
    select kind, value, at_ms, contact_id, scope, data from contact_alias
    left join contact on contact.id = contact_id and deleted_at is null
    where contact_id in (
      select contact_id from contact_alias
      join unnest(${kinds}::text[], ${values}::text[]) as named (kind, value) using (kind, value))
  `.execute(tx.sql)
  const found = rows.flatMap(({ scope, data }) => (scope && data ? [{ scope, data }] : []))
  tx.hold('contact', found)
  return rows.map(({ kind, value, contact_id, at_ms }) => ({
    kind,
    value,
    contactId: contact_id,
    atMs: at_ms,
  }))
}

/** Scope and data are null for a contact that is written later in the same transaction, or gone. */
type AliasRow = { kind: AliasKind; value: string; at_ms: number; contact_id: ContactId } & {
  [K in keyof Found<'contact'>]: Found<'contact'>[K] | null
}

/** The messages themselves, then what reactions among them point at and who else reacted to that. */
async function loadMessages(tx: LogTx, names: Names, idOf: IdOf): Promise<Message[]> {
  await tx.load('message', names.messageIds)
  const own = names.messageIds
    .map((id) => tx.peek('message', id))
    .filter((row) => row !== undefined)
  const spoken = [...own, ...(await byWamid(tx, resolved(names.wamids, idOf)))]
  const reactedTo = [
    ...resolved(names.targets, idOf),
    ...spoken.flatMap(({ numberId, reaction }) =>
      reaction?.wamid === undefined ? [] : [{ numberId, wamid: reaction.wamid }],
    ),
  ]
  if (reactedTo.length === 0) return [...spoken, ...writtenRows(tx, 'message')]
  const targets = await byWamid(tx, reactedTo)
  const reactions = await reactionsOn(tx, reactedTo)
  return [...spoken, ...targets, ...reactions, ...writtenRows(tx, 'message')]
}

type Key = { numberId: NumberId; wamid: string }

function resolved(names: Names['wamids'], idOf: IdOf): Key[] {
  return names.flatMap(({ on, wamid }) => {
    const numberId = idOf(on)
    return numberId === undefined ? [] : [{ numberId, wamid }]
  })
}

async function byWamid(tx: LogTx, keys: readonly Key[]): Promise<Message[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Found<'message'>>`
    select scope, data from message
    join unnest(${keys.map(({ numberId }) => numberId)}::text[], ${keys.map(({ wamid }) => wamid)}::text[])
      as named (number_id, wamid) using (number_id, wamid)
    where message.wamid is not null and deleted_at is null
  `.execute(tx.sql)
  return held(tx, 'message', rows)
}

async function reactionsOn(tx: LogTx, keys: readonly Key[]): Promise<Message[]> {
  const { rows } = await sql<Found<'message'>>`
    select scope, data from message
    join unnest(${keys.map(({ numberId }) => numberId)}::text[], ${keys.map(({ wamid }) => wamid)}::text[])
      as named (number, target) on number_id = number and data->'reaction'->>'wamid' = target
    where data->>'type' = 'reaction' and deleted_at is null
  `.execute(tx.sql)
  return held(tx, 'message', rows)
}

async function loadConversations(
  tx: LogTx,
  messages: readonly Message[],
  aliases: readonly Alias[],
): Promise<Conversation[]> {
  const ids = messages.map(({ conversationId }) => conversationId)
  const contactIds = aliases.map(({ contactId }) => contactId)
  const written = writtenRows(tx, 'conversation')
  if (ids.length === 0 && contactIds.length === 0) return written
  const { rows } = await sql<Found<'conversation'>>`
    select scope, data from conversation where deleted_at is null and id = any(${ids}::text[])
    union all
    select scope, data from conversation
    where deleted_at is null and contact_id = any(${contactIds}::text[]) and id <> all(${ids}::text[])
  `.execute(tx.sql)
  return [...held(tx, 'conversation', rows), ...written]
}

async function loadContacts(tx: LogTx, ids: readonly ContactId[]): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => tx.peek('contact', id) === undefined)
  if (missing.length === 0) return
  const { rows } = await sql<Found<'contact'>>`
    select scope, data from contact where id = any(${missing}::text[]) and deleted_at is null
  `.execute(tx.sql)
  tx.hold('contact', rows)
}

type Found<E extends Entity> = { scope: string; data: Rows[E] }

function held<E extends Entity>(tx: LogTx, entity: E, rows: readonly Found<E>[]): Rows[E][] {
  tx.hold(entity, rows)
  return rows.map(({ data }) => tx.peek(entity, data.id) ?? data)
}

/** What this transaction wrote before and the database does not have yet. */
function writtenRows<E extends Entity>(tx: LogTx, entity: E): Rows[E][] {
  return tx.written().flatMap(
    ({ change }) => (change.entity === entity ? [change.row as Rows[E]] : []), // the row of that entity
  )
}

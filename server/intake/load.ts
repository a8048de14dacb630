import { sql } from 'kysely'
import type { ContactId, NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Account } from '../../core/domain/account.ts'
import type { Template } from '../../core/domain/template.ts'
import type { LogTx } from '../log/transaction.ts'
import { loadEvents } from './account-events.ts'
import { findAround, findReactionIds, type Found, type MessageKey } from './find.ts'
import { Fold } from './fold.ts'
import type { Happening } from './happening.ts'
import { loadMerged } from './merged.ts'
import { namesIn, type Names } from './names.ts'

/**
 * Loads everything these happenings may touch, in one question; a few more where there are reactions, merged contacts,
 * or events of the account and its templates.
 */
export async function loadFold(
  tx: LogTx,
  happenings: readonly Happening[],
  newId: () => string,
): Promise<Fold> {
  const names = namesIn(happenings)
  const found = await findAround(tx, names)
  const reactedTo = reactionTargets(names, found)
  const around =
    reactedTo.length === 0
      ? []
      : [await findAround(tx, { messageIds: await findReactionIds(tx, reactedTo) })]
  const known = [found, ...around]
  const conversations = known.flatMap((part) => part.conversations)
  const messages = known.flatMap((part) => part.messages)
  const merged = await loadMerged(tx, [
    ...found.aliases.map(({ contactId }) => contactId),
    ...conversations.map(({ contactId }) => contactId),
    ...reactingContacts(messages),
  ])
  return new Fold(
    tx,
    {
      numbers: found.numbers,
      aliases: found.aliases,
      conversations: [...conversations, ...merged],
      messages,
      templates: await loadTemplates(tx, happenings),
      accounts: await loadAccounts(tx, happenings),
      events: await loadEvents(tx, happenings),
    },
    newId,
  )
}

/** What reactions point at, those that are told of and those that are known: it shows them, with others on it. */
function reactionTargets({ targets }: Names, { numbers, messages }: Found): MessageKey[] {
  const ids = new Map(numbers.map(({ phoneNumberId, id }) => [phoneNumberId, id]))
  const key = (numberId: NumberId | undefined, wamid: string | undefined) =>
    numberId === undefined || wamid === undefined ? [] : [{ numberId, wamid }]
  return [
    ...targets.flatMap(({ on, wamid }) => key(ids.get(on.phoneNumberId), wamid)),
    ...messages.flatMap(({ numberId, reaction }) => key(numberId, reaction?.wamid)),
  ]
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
  const { rows } = await sql<{ data: Template }>`
    select data from template
    where deleted_at is null and (meta_id = any(${named.map(({ metaId }) => metaId ?? '')}::text[])
      or data->>'name' = any(${named.map(({ name }) => name ?? '')}::text[]))
  `.execute(tx.sql)
  tx.hold('template', rows)
  return rows.map(({ data }) => tx.peek('template', data.id) ?? data)
}

/** A firm has one or two. */
async function loadAccounts(tx: LogTx, happenings: readonly Happening[]): Promise<Account[]> {
  return happenings.some(({ kind }) => kind === 'account-event') ? tx.list('waba') : []
}

import type { Account } from '../../core/domain/account.ts'
import { withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { Change, Entity, Rows } from '../../core/domain/entities.ts'
import type { ContactId, ConversationId, NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Contact, OwnNumber } from '../../core/domain/people.ts'
import type { Template } from '../../core/domain/template.ts'
import { must } from '../../core/lib/must.ts'
import type { AccountEvents } from './account-events.ts'
import type { OurNumber } from './happening.ts'
import type { ReceivedFile } from './ports.ts'
import type { AliasKind } from './tables.ts'

/** The rows as they are and where new ones go; a LogTx is one. */
type RowStore = {
  peek<E extends Entity>(entity: E, id: string): Rows[E] | undefined
  put(change: Change): void
}

export type Alias = { kind: AliasKind; value: string; contactId: ContactId; atMs: number }

/** Everything a fold may need of what is stored; load.ts finds it. */
type Known = {
  numbers: readonly OwnNumber[]
  aliases: readonly Alias[]
  conversations: readonly Conversation[]
  messages: readonly Message[]
  templates: readonly Template[]
  accounts: readonly Account[]
  events: AccountEvents
}

/**
 * The state that happenings are folded into, in memory: it finds rows the way WhatsApp names them, sees its own
 * writes, and collects what is to be written. It does no input or output.
 */
export class Fold {
  readonly newId: () => string
  /** When the call that is being folded came in. */
  receivedAtMs = 0
  /** The part that is being folded, for what refers to it. */
  part: { callId: number; index: number } | undefined
  readonly files: ReceivedFile[] = []
  /** What was said of account, numbers and templates before, and what is new of it. */
  readonly events: AccountEvents
  /** Whether a template is to be read from WhatsApp again. */
  isTemplateNews = false
  /** Whether numbers and accounts are to be read from WhatsApp again. */
  isAccountNews = false
  readonly newAliases = new Map<string, Alias>()
  /** Conversations that only the past has made, in this fold. */
  readonly fromHistory = new Set<ConversationId>()
  readonly #rows: RowStore
  readonly #numbers = new Map<string, NumberId>()
  readonly #aliases = new Map<string, Alias>()
  readonly #aliasesOf = new Map<ContactId, Set<string>>()
  readonly #conversations = new Map<string, ConversationId>()
  readonly #messages = new Map<string, string>()
  readonly #reactions = new Map<string, Set<string>>()
  readonly #templates: readonly string[]
  readonly #accounts = new Map<string, string>()

  constructor(rows: RowStore, known: Known, newId: () => string) {
    this.#rows = rows
    this.newId = newId
    this.events = known.events
    this.#templates = known.templates.map(({ id }) => id)
    for (const { metaId, id } of known.accounts) this.#accounts.set(metaId, id)
    for (const number of known.numbers) this.#numbers.set(number.phoneNumberId, number.id)
    for (const alias of known.aliases) this.#indexAlias(alias)
    for (const conversation of known.conversations) this.#indexConversation(conversation)
    for (const message of known.messages) this.#indexMessage(message)
  }

  // Numbers

  /** Our number, created when a body mentions it for the first time. */
  number(on: OurNumber): OwnNumber {
    const id = this.#numbers.get(on.phoneNumberId)
    const found = id === undefined ? undefined : this.#rows.peek('number', id)
    const accountId = found?.accountId ?? on.accountId
    const displayPhone = found?.displayPhone ?? on.displayPhone
    if (found && found.accountId === accountId && found.displayPhone === displayPhone) return found
    const number: OwnNumber = {
      ...(found ?? {
        id: this.newId() as NumberId, // a new id of the platform's becomes whatever noun it is for
        phoneNumberId: on.phoneNumberId,
        health: 'ok',
      }),
      ...(accountId === undefined ? {} : { accountId }),
      ...(displayPhone === undefined ? {} : { displayPhone }),
    }
    this.putNumber(number)
    return number
  }

  numbers(): OwnNumber[] {
    return [...this.#numbers.values()].flatMap((id) => this.#rows.peek('number', id) ?? [])
  }

  putNumber(row: OwnNumber): void {
    this.#numbers.set(row.phoneNumberId, row.id)
    this.#rows.put({ entity: 'number', row })
  }

  // People

  /** Who is named like this; undefined also when that contact is gone. */
  alias(kind: AliasKind, value: string): Alias | undefined {
    const alias = this.#aliases.get(aliasKey(kind, value))
    return alias && this.contact(alias.contactId) ? alias : undefined
  }

  aliasesOf(contactId: ContactId): Alias[] {
    const keys = [...(this.#aliasesOf.get(contactId) ?? [])]
    const found = keys.map((key) => must(this.#aliases.get(key), 'alias that was indexed'))
    return found.filter((alias) => alias.contactId === contactId)
  }

  setAlias(alias: Alias): void {
    this.#indexAlias(alias)
    this.newAliases.set(aliasKey(alias.kind, alias.value), alias)
  }

  contact(id: ContactId): Contact | undefined {
    return this.#rows.peek('contact', id)
  }

  /** The contact, or the one it was merged into. */
  standing(contact: Contact): Contact {
    const next = contact.mergedInto === undefined ? undefined : this.contact(contact.mergedInto)
    return next === undefined ? contact : this.standing(next)
  }

  putContact(row: Contact): void {
    this.#rows.put({ entity: 'contact', row })
  }

  // Conversations and messages

  conversationOf(numberId: NumberId, contactId: ContactId): Conversation | undefined {
    const id = this.#conversations.get(`${numberId} ${contactId}`)
    return id === undefined ? undefined : this.conversation(id)
  }

  conversation(id: ConversationId): Conversation | undefined {
    return this.#rows.peek('conversation', id)
  }

  putConversation(row: Conversation): void {
    this.#indexConversation(row)
    this.#rows.put({ entity: 'conversation', row })
  }

  /** The conversation and the one that shows it since its contact was merged. */
  shownIn(id: ConversationId): Conversation[] {
    const found = this.conversation(id)
    if (found === undefined) return []
    return found.mergedInto === undefined ? [found] : [found, ...this.shownIn(found.mergedInto)]
  }

  message(id: string): Message | undefined {
    return this.#rows.peek('message', id)
  }

  messageByWamid(numberId: NumberId, wamid: string): Message | undefined {
    const id = this.#messages.get(`${numberId} ${wamid}`)
    return id === undefined ? undefined : must(this.message(id), 'message that was loaded')
  }

  /** The reaction messages that point at this one, in no order. */
  reactionsOn(numberId: NumberId, wamid: string): Message[] {
    const ids = [...(this.#reactions.get(`${numberId} ${wamid}`) ?? [])]
    return ids.map((id) => must(this.message(id), 'reaction that was loaded'))
  }

  putMessage(row: Message): void {
    this.#indexMessage(row)
    this.#rows.put({ entity: 'message', row })
  }

  // Templates

  templates(): Template[] {
    return this.#templates.flatMap((id) => this.#rows.peek('template', id) ?? [])
  }

  putTemplate(row: Template): void {
    this.#rows.put({ entity: 'template', row })
  }

  // Accounts

  /** @param metaId Meta's id of it */
  account(metaId: string): Account | undefined {
    const id = this.#accounts.get(metaId)
    return id === undefined ? undefined : this.#rows.peek('waba', id)
  }

  putAccount(row: Account): void {
    this.#accounts.set(row.metaId, row.id)
    this.#rows.put({ entity: 'waba', row })
  }

  /** Writes a message that is new in its conversation, at the place it was given. */
  join(conversation: Conversation, message: Message): Conversation {
    const next = withMessage(conversation, message)
    this.putMessage(message)
    this.putConversation(next)
    return next
  }

  #indexAlias(alias: Alias): void {
    const key = aliasKey(alias.kind, alias.value)
    this.#aliases.set(key, alias)
    const keys = this.#aliasesOf.get(alias.contactId) ?? new Set()
    this.#aliasesOf.set(alias.contactId, keys.add(key))
  }

  #indexConversation({ id, numberId, contactId }: Conversation): void {
    this.#conversations.set(`${numberId} ${contactId}`, id)
  }

  #indexMessage({ id, numberId, wamid, reaction }: Message): void {
    if (wamid !== undefined) this.#messages.set(`${numberId} ${wamid}`, id)
    if (reaction?.wamid === undefined) return
    const key = `${numberId} ${reaction.wamid}`
    this.#reactions.set(key, (this.#reactions.get(key) ?? new Set()).add(id))
  }
}

function aliasKey(kind: AliasKind, value: string): string {
  return `${kind} ${value}`
}

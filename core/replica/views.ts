import type {
  ContactComparison,
  ContactSide,
  Directory,
  InboxPage,
  InboxRow,
  InboxView,
  TemplateOffer,
  ThreadPage,
  ViewCount,
} from '../contract/views.ts'
import type { Account } from '../domain/account.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Draft } from '../domain/draft.ts'
import { byLabelName, isInUse, type Label } from '../domain/label.ts'
import type { ContactId, ConversationId, UserId } from '../domain/ids.ts'
import { compareMixed, type Message } from '../domain/message.ts'
import { readMarkId, unreadOf, type Contact, type OwnNumber, type Team } from '../domain/people.ts'
import { sharedDraftId } from '../domain/shared-draft.ts'
import { whyNotFor } from '../domain/template.ts'
import { AppError } from '../lib/errors.ts'
import { listedDraft, viewOfDraft } from './draft-view.ts'
import type { Overlay } from './overlay.ts'
import type { Replica } from './replica.ts'

const kinds = ['mine', 'snoozed', 'unassigned', 'open', 'waiting', 'drafts', 'resolved'] as const

/** The questions a window asks, answered from memory. */
export class Views {
  readonly #replica: Replica
  readonly #overlay: Overlay
  readonly #me: UserId

  constructor(replica: Replica, overlay: Overlay, me: UserId) {
    this.#replica = replica
    this.#overlay = overlay
    this.#me = me
  }

  counts(): ViewCount[] {
    const views = kinds.map((kind): InboxView => ({ kind }))
    for (const team of this.#teams()) views.push({ kind: 'team', teamId: team.id })
    for (const label of this.#labels()) views.push({ kind: 'label', labelId: label.id })
    const counts = views.map((view) => ({ view, count: 0, unread: 0 }))
    for (const conversation of this.#overlay.all('conversation')) {
      const unread = this.unread(conversation) > 0 ? 1 : 0
      for (const count of counts) {
        if (!this.#isIn(count.view, conversation)) continue
        count.count += 1
        count.unread += unread
      }
    }
    return counts
  }

  page(view: InboxView, limit: number): InboxPage {
    const rows: Conversation[] = []
    for (const conversation of this.#overlay.all('conversation')) {
      if (this.#isIn(view, conversation)) rows.push(conversation)
    }
    rows.sort(orders[view.kind] ?? newestFirst)
    return {
      rows: rows.slice(0, limit).map((conversation) => this.#row(conversation)),
      total: rows.length,
    }
  }

  thread(id: ConversationId, limit: number, before?: string): ThreadPage {
    const conversation = this.#conversation(id)
    const parts = this.#partsOf(conversation)
    const all = this.#messagesOf(parts)
    const shown = all.filter((message) => message.type !== 'reaction')
    const end =
      before === undefined ? shown.length : shown.findIndex((message) => message.id === before)
    if (end < 0) throw new AppError('not-found', 'no such message in this conversation')
    const messages = shown.slice(Math.max(0, end - limit), end)
    return {
      conversation,
      contact: this.#contact(conversation),
      number: this.#number(conversation),
      messages,
      local: messages
        .filter((message) => this.#overlay.isLocal(message))
        .map((message) => message.id),
      uploads: {},
      hasOlder: end > limit || this.away(id).length > 0,
      unread: this.unread(conversation),
      readVersion: this.readVersion(id),
      unreadMessages: parts
        .map((part) => drawnAmong(this.#overlay.messages(part.id), this.#unreadIn(part)))
        .reduce((sum, drawn) => sum + drawn, 0),
    }
  }

  /** The conversations whose older messages only the server has and that end the thread here, and since when they are held. */
  away(id: ConversationId): { id: ConversationId; fromMs: number }[] {
    const parts = this.#partsOf(this.#conversation(id))
    const starts = parts.map((part) => ({ id: part.id, fromMs: this.#overlay.fromMs(part.id) }))
    const latestMs = starts.reduce((latest, { fromMs }) => Math.max(latest, fromMs), 0)
    return starts.filter(({ fromMs }) => fromMs > 0 && fromMs === latestMs)
  }

  directory(): Directory {
    const byName = (a: { name?: string }, b: { name?: string }) =>
      (a.name ?? '') < (b.name ?? '') ? -1 : 1
    return {
      users: [...this.#overlay.all('user')].sort(byName),
      teams: this.#teams().sort(byName),
      numbers: [...this.#overlay.all('number')],
      labels: this.#labels().sort(byLabelName),
    }
  }

  /** Our numbers, each with when the last contact's message came that is held here, and the accounts they belong to. */
  numbers(): { numbers: OwnNumber[]; accounts: Account[] } {
    const heard = new Map<string, number>()
    for (const { numberId, lastInbound } of this.#overlay.all('conversation')) {
      if (lastInbound === null) continue
      heard.set(numberId, Math.max(heard.get(numberId) ?? 0, lastInbound.atMs))
    }
    const numbers = [...this.#overlay.all('number')].map((number) => {
      const heardAtMs = Math.max(number.heardAtMs ?? 0, heard.get(number.id) ?? 0)
      return heardAtMs === 0 ? number : { ...number, heardAtMs }
    })
    return { numbers, accounts: [...this.#overlay.all('waba')] }
  }

  /** Those that can be sent first, then the contact's language, then by name. What WhatsApp no longer has is left out. */
  templates(id: ConversationId): TemplateOffer[] {
    const conversation = this.#conversation(id)
    const contact = this.#contact(conversation)
    const { accountId } = this.#number(conversation)
    const offers: TemplateOffer[] = []
    for (const template of this.#overlay.all('template')) {
      if (accountId !== undefined && template.accountId !== accountId) continue
      const reason = whyNotFor(template, contact) ?? null
      if (reason !== 'gone') offers.push({ template, reason })
    }
    return offers.sort((a, b) => compareOffers(a, b, contact.language))
  }

  compare(contactId: ContactId, otherId: ContactId): ContactComparison {
    return { contact: this.#side(contactId), other: this.#side(otherId) }
  }

  merged(contactId: ContactId): Contact[] {
    const { includes = [] } = this.contact(contactId)
    return includes.flatMap((id) => this.#overlay.get('contact', id) ?? [])
  }

  contact(id: ContactId): Contact {
    const contact = this.#overlay.get('contact', id)
    if (contact === undefined) throw new AppError('not-found', 'no such contact')
    return contact
  }

  /** Whom a conversation is with; undefined when this console does not hold it. */
  contactOf(id: ConversationId): Contact | undefined {
    const conversation = this.#overlay.get('conversation', id)
    return conversation && this.#overlay.get('contact', conversation.contactId)
  }

  /** How many conversations the contacts have: each may get a line that tells of what is done. */
  conversationCount(...ids: ContactId[]): number {
    return ids.reduce((sum, id) => sum + this.#overlay.conversationsOf(id).length, 0)
  }

  #side(id: ContactId): ContactSide {
    let contact = this.contact(id)
    while (contact.mergedInto !== undefined) contact = this.contact(contact.mergedInto)
    const conversations = this.#overlay
      .conversationsOf(contact.id)
      .flatMap((conversation) => [conversation, ...this.#included(conversation)])
    const times = conversations
      .flatMap((conversation) => this.#overlay.messages(conversation.id))
      .filter(({ direction, type }) => direction !== 'system' && type !== 'note')
      .map(({ sentAtMs }) => sentAtMs)
    const numberIds = new Set(conversations.map(({ numberId }) => numberId))
    return {
      contact,
      numbers: [...numberIds].flatMap((numberId) => this.#overlay.get('number', numberId) ?? []),
      messages: times.length,
      firstAtMs: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
      lastAtMs: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    }
  }

  message(id: string): Message {
    const message = this.#overlay.get('message', id)
    if (message === undefined) throw new AppError('not-found', 'no such message')
    return message
  }

  /** In this conversation and in those it shows as well. */
  unread(conversation: Conversation): number {
    const own = this.#unreadIn(conversation)
    if (conversation.includes === undefined) return own // nearly all: this is asked for each of them
    return this.#included(conversation).reduce((sum, part) => sum + this.#unreadIn(part), own)
  }

  /** Conversations that this one shows as well and that have something unread. */
  unreadParts(id: ConversationId): Conversation[] {
    return this.#included(this.#conversation(id)).filter((part) => this.#unreadIn(part) > 0)
  }

  #unreadIn({ id, inboundCount }: Conversation): number {
    return unreadOf(inboundCount, this.#overlay.get('read', readMarkId(this.#me, id)))
  }

  /** How often the person marked this one unread. */
  readVersion(id: ConversationId): number {
    return this.#overlay.get('read', readMarkId(this.#me, id))?.version ?? 0
  }

  /** A conversation of the contact's that is shown; the one heard of last. */
  conversationWith(contactId: ContactId): Conversation | undefined {
    return this.#overlay
      .conversationsOf(contactId)
      .filter(({ mergedInto }) => mergedInto === undefined)
      .sort(newestFirst)[0]
  }

  #included({ includes = [] }: Conversation): Conversation[] {
    return includes.flatMap((id) => this.#overlay.get('conversation', id) ?? [])
  }

  #partsOf(conversation: Conversation): Conversation[] {
    return [conversation, ...this.#included(conversation)]
  }

  /** Of several conversations what lies before the beginning of one of them is left out: there may be gaps. */
  #messagesOf([first, ...others]: readonly Conversation[]): Message[] {
    const own = first === undefined ? [] : this.#overlay.messages(first.id)
    if (first === undefined || others.length === 0) return own
    const starts = [first, ...others].map(({ id }) => this.#overlay.fromMs(id))
    const fromMs = starts.reduce((latest, start) => Math.max(latest, start), 0)
    return [...own, ...others.flatMap(({ id }) => this.#overlay.messages(id))]
      .filter((message) => message.sentAtMs >= fromMs || this.#overlay.isLocal(message))
      .sort(compareMixed)
  }

  #isIn(
    view: InboxView,
    { id, status, assigneeId, teamId, labels, waitingSinceMs, mergedInto }: Conversation,
  ): boolean {
    if (mergedInto !== undefined) return false
    const isOpen = status === 'open'
    switch (view.kind) {
      case 'mine':
        return isOpen && assigneeId === this.#me
      case 'snoozed':
        return status === 'snoozed' && (assigneeId === null || assigneeId === this.#me)
      case 'unassigned':
        return isOpen && assigneeId === null
      case 'open':
        return isOpen
      case 'waiting':
        return isOpen && waitingSinceMs !== null
      case 'resolved':
        return status === 'resolved'
      case 'drafts':
        return this.#draft(id) !== null
      case 'team':
        return isOpen && teamId === view.teamId
      case 'label':
        return isOpen && (labels as string[]).includes(view.labelId) // an id of the directory or of an address
    }
  }

  #teams(): Team[] {
    return [...this.#overlay.all('team')].filter((team) => team.isArchived !== true)
  }

  #labels(): Label[] {
    return [...this.#overlay.all('label')].filter(isInUse)
  }

  #row(conversation: Conversation): InboxRow {
    return {
      conversation,
      contact: this.#contact(conversation),
      unread: this.unread(conversation),
      draft: this.#draft(conversation.id),
    }
  }

  #draft(id: ConversationId): Draft | null {
    const { drafts, outbox } = this.#replica
    const shared = this.#overlay.get('draft', sharedDraftId(this.#me, id))
    return listedDraft(viewOfDraft(drafts.get(id), shared, outbox.replica))
  }

  #conversation(id: ConversationId): Conversation {
    const conversation = this.#overlay.get('conversation', id)
    if (conversation === undefined) throw new AppError('not-found', 'no such conversation')
    return conversation
  }

  #contact({ contactId, openedAtMs }: Conversation): Contact {
    return this.#overlay.get('contact', contactId) ?? { id: contactId, createdAtMs: openedAtMs }
  }

  #number({ numberId }: Conversation): OwnNumber {
    return (
      this.#overlay.get('number', numberId) ?? { id: numberId, phoneNumberId: '', health: 'ok' }
    )
  }
}

function compareOffers(a: TemplateOffer, b: TemplateOffer, language = ''): number {
  const spoken = language.slice(0, 2).toLowerCase()
  const rank = ({ template, reason }: TemplateOffer) =>
    Number(reason !== null) * 2 + Number(!template.language.startsWith(spoken))
  const keyOf = ({ template }: TemplateOffer) => `${template.name} ${template.language}`
  return rank(a) - rank(b) || (keyOf(a) < keyOf(b) ? -1 : 1)
}

/** How many of the last `unread` things the contact did are messages of their own; a reaction is not. */
function drawnAmong(messages: readonly Message[], unread: number): number {
  if (unread === 0) return 0
  const inbound = messages.filter(
    ({ direction, isHistory }) => direction === 'in' && isHistory !== true,
  )
  return inbound.slice(-unread).filter(({ type }) => type !== 'reaction').length
}

function newestFirst(a: Conversation, b: Conversation): number {
  return shownAt(b) - shownAt(a) || (a.id < b.id ? -1 : 1)
}

function longestWaitFirst(a: Conversation, b: Conversation): number {
  return (a.waitingSinceMs ?? 0) - (b.waitingSinceMs ?? 0) || newestFirst(a, b)
}

/** What comes back by itself first; what only an answer brings back stands last. */
function soonestBackFirst(a: Conversation, b: Conversation): number {
  const backAt = ({ snoozedUntilMs }: Conversation) => snoozedUntilMs ?? Number.MAX_SAFE_INTEGER
  return backAt(a) - backAt(b) || newestFirst(a, b)
}

const orders: Partial<Record<InboxView['kind'], typeof newestFirst>> = {
  waiting: longestWaitFirst,
  snoozed: soonestBackFirst,
}

function shownAt({ lastMessage, openedAtMs, returnedAtMs = 0 }: Conversation): number {
  return Math.max(lastMessage?.atMs ?? openedAtMs, returnedAtMs)
}

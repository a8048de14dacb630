import type { ContactHit, Marked, MessageHit, SearchAnswer } from '../contract/views.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Entity } from '../domain/entities.ts'
import type { ConversationId } from '../domain/ids.ts'
import { contactName, type Contact } from '../domain/people.ts'
import type { Platform } from '../lib/clock.ts'
import type { Overlay } from './overlay.ts'
import { markIn, snippetOf } from './search/marks.ts'
import { parseQuery, type Query } from './search/query.ts'
import { TextIndex, type Found } from './search/text-index.ts'
import { peopleTextOf, textOf } from './search/texts.ts'

/** The host answers others after this long at the latest, while it reads what is held. */
const sliceMs = 20
const rowsBetweenLooks = 32
/** The newest of so many people are looked at for a name that begins as asked. */
const mostPeople = 300

/**
 * Finds people and messages in what the screen sees. Reads nothing before the first question; then reads everything
 * once, in slices, and follows each change.
 */
export class Search {
  readonly #rows: Overlay
  readonly #platform: Platform
  readonly #people = new TextIndex()
  readonly #messages = new TextIndex()
  #state: 'idle' | 'reading' | 'complete' = 'idle'
  #cancel: () => void = () => undefined

  constructor(rows: Overlay, platform: Platform) {
    this.#rows = rows
    this.#platform = platform
  }

  /** Forgets everything; the next question begins anew. */
  reset(): void {
    this.#cancel()
    this.#state = 'idle'
    this.#people.clear()
    this.#messages.clear()
  }

  /** These rows came, changed or left. */
  changed(rows: Iterable<readonly [entity: Entity, id: string]>): void {
    if (this.#state === 'idle') return
    const contacts = new Set<string>()
    for (const [entity, id] of rows) {
      if (entity === 'message') this.#readMessage(id)
      else if (entity === 'conversation') this.#readPeople(id)
      else if (entity === 'contact') contacts.add(id)
    }
    if (contacts.size > 0) {
      for (const { id, contactId } of this.#rows.all('conversation')) {
        if (contacts.has(contactId)) this.#readPeople(id)
      }
    }
    if (this.#people.isWorn || this.#messages.isWorn) this.reset()
  }

  /**
   * An empty query finds nothing, and lets the reading begin.
   *
   * @param limit people and messages at most, each
   */
  find(text: string, limit: number): SearchAnswer {
    if (this.#state === 'idle') this.#begin()
    const people = this.#findPeople(parseQuery(text, true), limit)
    const query = parseQuery(text)
    const { total, best } = this.#messages.find(query, limit)
    const messages = best.flatMap((found) => this.#messageHit(found, query) ?? [])
    return { ...people, messages, total, isComplete: this.#state === 'complete' }
  }

  #begin(): void {
    this.#state = 'reading'
    this.#readOn(this.#readAll())
  }

  #readOn(rows: Generator<void>): void {
    const untilMs = this.#platform.nowMs() + sliceMs
    do {
      for (let row = 0; row < rowsBetweenLooks; row += 1) {
        if (rows.next().done !== true) continue
        this.#state = 'complete'
        return
      }
    } while (this.#platform.nowMs() < untilMs)
    this.#cancel = this.#platform.after(0, () => this.#readOn(rows))
  }

  /** People first: there are fewer of them. Rows that come meanwhile are read when they come. */
  *#readAll(): Generator<void> {
    for (const { id } of this.#rows.all('conversation')) {
      this.#readPeople(id)
      yield
    }
    for (const { id } of this.#rows.all('message')) {
      this.#readMessage(id)
      yield
    }
  }

  #readMessage(id: string): void {
    const message = this.#rows.get('message', id)
    const text = message === undefined ? null : textOf(message)
    if (message === undefined || text === null) this.#messages.remove(id)
    else this.#messages.put(id, text, message.sentAtMs)
  }

  #readPeople(id: string): void {
    const conversation = this.#rows.get('conversation', id)
    if (conversation === undefined) return this.#people.remove(id)
    const contact = this.#rows.get('contact', conversation.contactId)
    this.#people.put(id, peopleTextOf(conversation, contact), shownAtMs(conversation))
  }

  #findPeople(query: Query, limit: number): Pick<SearchAnswer, 'contacts' | 'contactTotal'> {
    const { total, best } = this.#people.find(query, Math.max(limit, mostPeople))
    const hits = new Map<string, ContactHit>()
    for (const found of best) {
      const hit = this.#contactHit(found, query)
      if (hit !== null && !hits.has(hit.conversationId)) hits.set(hit.conversationId, hit)
    }
    const double = best.length - hits.size
    const contacts = [...hits.values()].sort((a, b) => rankOf(b) - rankOf(a)) // newest first within a rank
    return { contacts: contacts.slice(0, limit), contactTotal: total - double }
  }

  #contactHit({ id, isWhole }: Found, query: Query): ContactHit | null {
    const conversation = this.#shownIn(id)
    if (conversation === null) return null
    const contact = this.#contactOf(conversation)
    return {
      conversationId: conversation.id,
      name: markIn(contactName(contact), query),
      detail: detailOf(conversation, contact, query),
      isWholeNumber: isWhole,
    }
  }

  #messageHit({ id, isWhole }: Found, query: Query): MessageHit | null {
    const message = this.#rows.get('message', id)
    const conversation = message === undefined ? null : this.#shownIn(message.conversationId)
    if (message === undefined || conversation === null) return null
    return {
      messageId: message.id,
      conversationId: conversation.id,
      contactName: contactName(this.#contactOf(conversation)),
      direction: message.direction,
      authorName: message.author?.name ?? null,
      snippet: snippetOf(markIn(textOf(message) ?? '', query)),
      sentAtMs: message.sentAtMs,
      isWholeNumber: isWhole,
    }
  }

  /** The conversation, or the one that shows it since its contact was merged. */
  #shownIn(id: string): Conversation | null {
    let conversation = this.#rows.get('conversation', id as ConversationId) // ids of rows of that entity
    const seen = new Set<string>()
    while (conversation?.mergedInto !== undefined && !seen.has(conversation.id)) {
      seen.add(conversation.id)
      conversation = this.#rows.get('conversation', conversation.mergedInto) ?? conversation
    }
    return conversation ?? null
  }

  #contactOf({ contactId, openedAtMs }: Conversation): Contact {
    return this.#rows.get('contact', contactId) ?? { id: contactId, createdAtMs: openedAtMs }
  }
}

/** What else of a person answers the query, or else their number. */
function detailOf({ labels }: Conversation, contact: Contact, query: Query): Marked | null {
  const { phone, username, userId } = contact
  const own = [phone, username === undefined ? undefined : `@${username}`, userId, ...labels]
  const marked = own.flatMap((text) => (text === undefined ? [] : [markIn(text, query)]))
  const shown = marked.filter(({ text }) => text !== contactName(contact) && text !== userId)
  return marked.find(({ marks }) => marks.length > 0) ?? shown[0] ?? null
}

/** A whole number, then names that begin as asked, then names that hold it, then the rest. */
function rankOf({ isWholeNumber, name: { marks } }: ContactHit): number {
  const inName = marks[0] === undefined ? 0 : marks[0][0] === 0 ? 2 : 1
  return Number(isWholeNumber) * 4 + inName
}

function shownAtMs({ lastMessage, openedAtMs }: Conversation): number {
  return lastMessage?.atMs ?? openedAtMs
}

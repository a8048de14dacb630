import type { ContactHit, Marked, MessageHit, SearchAnswer } from '../contract/views.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Entity } from '../domain/entities.ts'
import { contactName, type Contact } from '../domain/people.ts'
import type { Platform } from '../lib/clock.ts'
import type { Overlay } from './overlay.ts'
import { markIn, snippetOf } from './search/marks.ts'
import { parseQuery, type Query } from './search/query.ts'
import { spellings } from './search/terms.ts'
import { TextIndex, type Found } from './search/text-index.ts'
import { labelNamesOf, peopleTextOf, textOf } from './search/texts.ts'

/** The host answers others after this long at the latest, while it reads what is held. */
const sliceMs = 20
const rowsBetweenLooks = 32
/** How soon it looks again whether all messages are here. */
const lookAgainMs = 20
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
  readonly #isAllHere: () => boolean
  #cancel: () => void = () => undefined

  /** @param isAllHere whether the rows are all there are; until then messages wait to be read */
  constructor(rows: Overlay, platform: Platform, isAllHere = () => true) {
    this.#rows = rows
    this.#platform = platform
    this.#isAllHere = isAllHere
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
      else if (entity === 'label') return this.reset() // many conversations may be called otherwise now
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

  #readOn(rows: Generator<'row' | 'wait', void>): void {
    const untilMs = this.#platform.nowMs() + sliceMs
    do {
      for (let row = 0; row < rowsBetweenLooks; row += 1) {
        const next = rows.next()
        if (next.done === true) {
          this.#state = 'complete'
          return
        }
        if (next.value === 'row') continue
        this.#cancel = this.#platform.after(lookAgainMs, () => this.#readOn(rows))
        return
      }
    } while (this.#platform.nowMs() < untilMs)
    this.#cancel = this.#platform.after(0, () => this.#readOn(rows))
  }

  /** People first: there are fewer of them. Rows that come meanwhile are read when they come. */
  *#readAll(): Generator<'row' | 'wait', void> {
    for (const { id } of this.#rows.all('conversation')) {
      this.#readPeople(id)
      yield 'row'
    }
    while (!this.#isAllHere()) yield 'wait'
    for (const { id } of this.#rows.all('message')) {
      this.#readMessage(id)
      yield 'row'
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
    const text = peopleTextOf(contact, this.#labelNames(conversation))
    this.#people.put(id, text, shownAtMs(conversation))
  }

  #findPeople(query: Query, limit: number): Pick<SearchAnswer, 'contacts' | 'contactTotal'> {
    const { total, best } = this.#people.find(query, Math.max(limit, mostPeople))
    const people = new Map<string, Person>()
    for (const { id, isWhole } of best) {
      const person = this.#personIn(id, isWhole, query)
      if (person !== null && !people.has(person.conversation.id)) {
        people.set(person.conversation.id, person)
      }
    }
    const ranked = [...people.values()].sort((a, b) => b.rank - a.rank) // newest first within a rank
    return {
      contacts: ranked.slice(0, limit).map((person) => this.#contactHit(person, query)),
      contactTotal: total - (best.length - people.size),
    }
  }

  #personIn(id: string, isWhole: boolean, query: Query): Person | null {
    const conversation = this.#shownIn(id)
    if (conversation === null) return null
    const contact = this.#contactOf(conversation)
    const rank = Number(isWhole) * 2 + Number(beginsLike(contactName(contact), query))
    return { conversation, contact, isWhole, rank }
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
    let conversation = this.#rows.get('conversation', id)
    const seen = new Set<string>()
    while (conversation?.mergedInto !== undefined && !seen.has(conversation.id)) {
      seen.add(conversation.id)
      conversation = this.#rows.get('conversation', conversation.mergedInto) ?? conversation
    }
    return conversation ?? null
  }

  #contactHit({ conversation, contact, isWhole }: Person, query: Query): ContactHit {
    return {
      conversationId: conversation.id,
      name: markIn(contactName(contact), query),
      detail: detailOf(contact, this.#labelNames(conversation), query),
      isWholeNumber: isWhole,
    }
  }

  #labelNames(conversation: Conversation): string[] {
    return labelNamesOf(conversation, (id) => this.#rows.get('label', id))
  }

  #contactOf({ contactId, openedAtMs }: Conversation): Contact {
    return this.#rows.get('contact', contactId) ?? { id: contactId, createdAtMs: openedAtMs }
  }
}

/** Somebody found. `rank`: a whole number, then a name that begins as asked, then the rest. */
type Person = { conversation: Conversation; contact: Contact; isWhole: boolean; rank: number }

/** What else of a person answers the query, or else their number. */
function detailOf(contact: Contact, labels: readonly string[], query: Query): Marked | null {
  const { phone, username, userId } = contact
  const own = [phone, username === undefined ? undefined : `@${username}`, userId, ...labels]
  const marked = own.flatMap((text) => (text === undefined ? [] : [markIn(text, query)]))
  const shown = marked.filter(({ text }) => text !== contactName(contact) && text !== userId)
  return marked.find(({ marks }) => marks.length > 0) ?? shown[0] ?? null
}

function beginsLike(name: string, { readings }: Query): boolean {
  const folded = spellings(name)
  return readings.some((needs) =>
    needs.some(({ beginnings }) =>
      beginnings.some((beginning) => folded.some((spelling) => spelling.startsWith(beginning))),
    ),
  )
}

function shownAtMs({ lastMessage, openedAtMs }: Conversation): number {
  return lastMessage?.atMs ?? openedAtMs
}

import { entityNames, type Change, type Entity, type Rows } from '../domain/entities.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { ContactId, ConversationId } from '../domain/ids.ts'
import { compareShown, type Message } from '../domain/message.ts'
import type { Reads } from '../mutators/mutator.ts'
import { Tally } from '../protocol/tally.ts'
import { Tallies } from './tallies.ts'

type Held<E extends Entity> = { rev: number; row: Rows[E] }

/** What the server said, and nothing else: the rows of the last frame applied, with the messages of each conversation at hand. */
export class Base implements Reads {
  #rows = new Map<Entity, Map<string, Held<Entity>>>(entityNames.map((name) => [name, new Map()]))
  #messages = new Map<ConversationId, Map<string, Message>>()
  #sorted = new Map<ConversationId, Message[]>()
  #windows = new Map<ConversationId, number>()
  #tallies = new Tallies()

  /** All rows but messages, counted. */
  get tallies(): Pick<Tallies, 'under' | 'unseenWith'> {
    return this.#tallies
  }

  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#of(entity).get(id)?.row as Rows[E] | undefined // each entity has its own map
  }

  conversationsOf(contactId: ContactId): Conversation[] {
    return [...this.all('conversation')].filter((row) => row.contactId === contactId)
  }

  revOf(entity: Entity, id: string): number {
    return this.#of(entity).get(id)?.rev ?? 0
  }

  *all<E extends Entity>(entity: E): Generator<Rows[E]> {
    for (const { row } of this.#of(entity).values()) yield row as Rows[E] // each entity has its own map
  }

  *held(entity: Entity): Generator<[rev: number, row: Rows[Entity]]> {
    for (const { rev, row } of this.#of(entity).values()) yield [rev, row]
  }

  count(entity: Entity): number {
    return this.#of(entity).size
  }

  /** Messages of a conversation as shown, oldest first. Not to be changed. */
  messages(id: ConversationId): readonly Message[] {
    const sorted = this.#sorted.get(id)
    if (sorted !== undefined) return sorted
    const fresh = [...(this.#messages.get(id)?.values() ?? [])].sort(compareShown)
    this.#sorted.set(id, fresh)
    return fresh
  }

  /** From this time on every message of the conversation is here; 0 when there are no others. */
  heldFromMs(id: ConversationId): number {
    return this.#windows.get(id) ?? 0
  }

  setHeldFrom(id: ConversationId, fromMs: number): void {
    if (fromMs === 0) this.#windows.delete(id)
    else this.#windows.set(id, fromMs)
  }

  windows(): [ConversationId, number][] {
    return [...this.#windows]
  }

  countMessages(id: ConversationId): number {
    return this.#messages.get(id)?.size ?? 0
  }

  /** The messages of a conversation from this time on, counted now. */
  tallyMessages(id: ConversationId, fromMs: number): Tally {
    const tally = new Tally()
    for (const message of this.#messages.get(id)?.values() ?? []) {
      if (message.sentAtMs >= fromMs) tally.add(message.id, this.revOf('message', message.id))
    }
    return tally
  }

  /** Messages whose conversation is not here, counted now. */
  tallyStrays(): Tally {
    const tally = new Tally()
    for (const id of this.#messages.keys()) {
      if (this.get('conversation', id) === undefined) tally.join(this.tallyMessages(id, 0))
    }
    return tally
  }

  put(change: Change, rev: number): void {
    const { entity, row } = change
    this.#untally(entity, row.id)
    this.#of(entity).set(row.id, { rev, row })
    this.#tallies.add(change, rev)
    if (entity !== 'message') return
    const siblings = this.#messages.get(row.conversationId) ?? new Map<string, Message>()
    siblings.set(row.id, row)
    this.#messages.set(row.conversationId, siblings)
    this.#sorted.delete(row.conversationId)
  }

  remove(entity: Entity, id: string): void {
    const message = entity === 'message' ? this.get('message', id) : undefined
    this.#untally(entity, id)
    this.#of(entity).delete(id)
    if (entity === 'conversation') this.#windows.delete(id as ConversationId) // an id of its own entity
    if (message === undefined) return
    this.#messages.get(message.conversationId)?.delete(id)
    this.#sorted.delete(message.conversationId)
  }

  clear(): void {
    for (const rows of this.#rows.values()) rows.clear()
    this.#messages.clear()
    this.#sorted.clear()
    this.#windows.clear()
    this.#tallies.clear()
  }

  /** Takes over everything another one holds, and nothing else. The other one is not used again. */
  become(other: Base): void {
    this.#rows = other.#rows
    this.#messages = other.#messages
    this.#sorted = other.#sorted
    this.#windows = other.#windows
    this.#tallies = other.#tallies
  }

  #untally(entity: Entity, id: string): void {
    const before = entity === 'message' ? undefined : this.#of(entity).get(id)
    if (before === undefined) return
    this.#tallies.remove({ entity, row: before.row } as Change, before.rev) // read from that entity's rows
  }

  #of(entity: Entity): Map<string, Held<Entity>> {
    const rows = this.#rows.get(entity)
    if (rows === undefined) throw new Error(`bug: no entity ${entity}`)
    return rows
  }
}

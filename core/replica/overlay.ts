import type { Change, Entity, Rows } from '../domain/entities.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { ContactId, ConversationId } from '../domain/ids.ts'
import { compareShown, type Message } from '../domain/message.ts'
import { mutatorNamed } from '../mutators/all.ts'
import type { Context, Outcome, Reads } from '../mutators/mutator.ts'
import type { Base } from './base.ts'
import { Earlier } from './earlier.ts'
import type { Deed } from './records.ts'

/**
 * What the screen sees: the base with the pending deeds done on top of it. Rebuilt from both whenever either changes,
 * so an answer of the server can never leave half an optimistic change behind.
 */
export class Overlay implements Reads {
  readonly #base: Base
  readonly #earlier: Earlier
  #rows = new Map<string, Change>()
  #touched = new Set<ConversationId>()

  /** @param earlier what was asked of the server beyond the base */
  constructor(base: Base, earlier = new Earlier()) {
    this.#base = base
    this.#earlier = earlier
  }

  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    const change = this.#rows.size === 0 ? undefined : this.#rows.get(`${entity} ${id}`)
    return change === undefined ? this.#known(entity, id) : (change.row as Rows[E]) // kept under its own entity's key
  }

  /** As the server has it. */
  #known<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    const held = this.#base.get(entity, id)
    if (held !== undefined || entity !== 'message') return held
    return this.#earlier.get(id) as Rows[E] | undefined // a message, as asked
  }

  all<E extends Entity>(entity: E): Iterable<Rows[E]> {
    return this.#rows.size === 0 ? this.#base.all(entity) : this.#seen(entity)
  }

  *#seen<E extends Entity>(entity: E): Generator<Rows[E]> {
    for (const row of this.#base.all(entity)) yield this.get(entity, row.id) ?? row
    for (const change of this.#rows.values()) {
      if (change.entity !== entity || this.#base.get(entity, change.row.id) !== undefined) continue
      yield change.row as Rows[E] // compared with its entity on the line above
    }
  }

  conversationsOf(contactId: ContactId): Conversation[] {
    return [...this.all('conversation')].filter((row) => row.contactId === contactId)
  }

  /** From this time on every message of the conversation is at hand; 0 when there are no others. */
  fromMs(id: ConversationId): number {
    return this.#earlier.fromMs(id, this.#base.heldFromMs(id))
  }

  /** As shown, oldest first, as far back as there are no gaps; what only this machine knows stands last. */
  messages(id: ConversationId): Message[] {
    const known = this.#gapless(id)
    if (!this.#touched.has(id)) return [...known]
    const seen = known.map((message) => this.get('message', message.id) ?? message)
    return [...seen, ...this.#local(id)]
  }

  /** The rows that stand before the base's. */
  changes(): Change[] {
    return [...this.#rows.values()]
  }

  isLocal(message: Message): boolean {
    return this.#known('message', message.id) === undefined
  }

  /** Does one more deed on top, and says what came of it. Nothing changes when it is refused. */
  perform(deed: Pick<Deed, 'name' | 'args'>, context: Context): Outcome {
    const outcome = this.try(deed, context)
    if (outcome.ok) for (const change of outcome.changes) this.#put(change)
    return outcome
  }

  try(deed: Pick<Deed, 'name' | 'args'>, context: Context): Outcome {
    const mutator = mutatorNamed(deed.name)
    return mutator === undefined
      ? { ok: false, code: 'bad-request' }
      : mutator.run(this, deed.args, context)
  }

  /** Starts over on the base as it is now. Answers the conversations that may look different. */
  rebuild(pending: readonly Deed[], contextOf: (deed: Deed) => Context): Set<ConversationId> {
    const before = this.#touched
    this.#rows = new Map()
    this.#touched = new Set()
    for (const deed of pending) this.perform(deed, contextOf(deed))
    return new Set([...before, ...this.#touched])
  }

  #gapless(id: ConversationId): readonly Message[] {
    const held = this.#base.messages(id)
    const fromMs = this.fromMs(id)
    const isAllHeld = fromMs === 0 && this.#base.heldFromMs(id) === 0
    if (isAllHeld) return held
    const shown = held.filter(({ sentAtMs }) => sentAtMs >= fromMs)
    for (const message of this.#earlier.of(id)) {
      const isSuperseded = this.#base.get('message', message.id) !== undefined
      if (!isSuperseded && message.sentAtMs >= fromMs) shown.push(message)
    }
    return shown.sort(compareShown)
  }

  #put(change: Change): void {
    this.#rows.set(`${change.entity} ${change.row.id}`, change)
    if (change.entity === 'conversation') this.#touched.add(change.row.id)
    if (change.entity === 'message' || change.entity === 'read')
      this.#touched.add(change.row.conversationId)
  }

  #local(id: ConversationId): Message[] {
    const local: Message[] = []
    for (const { entity, row } of this.#rows.values()) {
      if (entity === 'message' && row.conversationId === id && this.isLocal(row)) local.push(row)
    }
    return local.sort((a, b) => a.ord - b.ord || compareShown(a, b))
  }
}

import type { ConversationId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'

/** Messages kept at most; the conversation looked at longest ago makes room. */
const mostKept = 5_000

/** What the server answered: messages of a conversation from before a time, and how far back they reach. */
export type Before = { messages: readonly Message[]; fromMs: number }
type Kept = { fromMs: number; toMs: number; messages: Map<string, Message> }

/**
 * What lies before the messages a replica holds, as it was when somebody scrolled there. In memory only, and no part
 * of the replica: a row the replica has is newer.
 */
export class Earlier {
  readonly #kept = new Map<ConversationId, Kept>()
  #count = 0

  /** From this time on everything is here or in the replica, which holds what is from `heldFromMs` on. */
  fromMs(id: ConversationId, heldFromMs: number): number {
    const kept = this.#kept.get(id)
    return kept !== undefined && kept.toMs >= heldFromMs ? kept.fromMs : heldFromMs
  }

  get(messageId: string): Message | undefined {
    for (const { messages } of this.#kept.values()) {
      const found = messages.get(messageId)
      if (found !== undefined) return found
    }
    return undefined
  }

  *of(id: ConversationId): Generator<Message> {
    yield* this.#kept.get(id)?.messages.values() ?? []
  }

  /** @param toMs what was asked for: everything from before this time */
  put(id: ConversationId, toMs: number, { messages, fromMs }: Before): void {
    const before = this.#kept.get(id)
    const goesOn = before !== undefined && before.fromMs === toMs
    const all = new Map(goesOn ? before.messages : [])
    for (const message of messages) all.set(message.id, message)
    this.forget(id)
    this.#kept.set(id, { fromMs, toMs: goesOn ? before.toMs : toMs, messages: all })
    this.#count += all.size
    for (const [other] of this.#kept) {
      if (this.#count <= mostKept || other === id) break
      this.forget(other)
    }
  }

  forget(id: ConversationId): void {
    const kept = this.#kept.get(id)
    if (kept === undefined) return
    this.#count -= kept.messages.size
    this.#kept.delete(id)
  }

  clear(): void {
    this.#kept.clear()
    this.#count = 0
  }
}

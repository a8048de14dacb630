import type { JsonObject } from '../json.ts'

/** One thing that happened to a message of the firm's. */
export type HistoryEvent = {
  id: string
  status: 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'
  atMs: number
  /** Why it failed. */
  error?: string
  /** What its status webhook said of the price. */
  pricing?: JsonObject
  /** Whether the firm's server took the webhook about it; absent while it has not been brought. */
  isHeard?: boolean
}

export type MessageHistory = { id: string; wamid: string; numberId: string; events: HistoryEvent[] }

/** What became of every message: kept for `message_history`, counted by the analytics. */
export class Histories {
  readonly #byWamid = new Map<string, MessageHistory>()
  readonly #byId = new Map<string, MessageHistory>()

  begin(id: string, wamid: string, numberId: string): void {
    const history: MessageHistory = { id, wamid, numberId, events: [] }
    this.#byWamid.set(wamid, history)
    this.#byId.set(id, history)
  }

  note(wamid: string, event: Omit<HistoryEvent, 'id'>): HistoryEvent | undefined {
    const history = this.#byWamid.get(wamid)
    if (!history) return undefined
    const noted = { ...event, id: `${history.id}${history.events.length}` }
    history.events.push(noted)
    return noted
  }

  of(wamid: string): MessageHistory | undefined {
    return this.#byWamid.get(wamid)
  }

  get(id: string): MessageHistory | undefined {
    return this.#byId.get(id)
  }

  all(): Iterable<MessageHistory> {
    return this.#byWamid.values()
  }
}

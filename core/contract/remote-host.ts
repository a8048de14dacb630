import type { Reply, Wire } from './client.ts'
import { generalSignals, isRepeatable } from './repeatable.ts'

/** What goes to a host in another process or worker, and what comes back. */
export type ToHost = { id: number; method: string; input: unknown }
export type FromHost = { id: number; reply: Reply } | { signal: string; data: unknown }

type Waiting = ToHost & { isSent: boolean; settle: (reply: Reply) => void }

const lostReply: Reply = {
  ok: false,
  error: { code: 'internal', message: 'the host stopped before it answered' },
}

/**
 * A wire to a host that lives elsewhere and may stop and come back. Requests wait while there is none. What the last
 * host left unanswered is asked again where that is safe, and otherwise answered `internal`: nobody knows whether it
 * was done.
 */
export class RemoteHost implements Wire {
  #post: ((message: ToHost) => void) | null = null
  #lastId = 0
  #hasConnected = false
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<(signal: string, data: unknown) => void>()

  request(method: string, input: unknown): Promise<Reply> {
    return new Promise((settle) => {
      this.#lastId += 1
      const waiting = { id: this.#lastId, method, input, isSent: false, settle }
      this.#waiting.set(waiting.id, waiting)
      this.#send(waiting)
    })
  }

  subscribe(signal: string, listener: (data: unknown) => void): () => void {
    return this.subscribeAll((name, data) => {
      if (name === signal) listener(data)
    })
  }

  subscribeAll(listener: (signal: string, data: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A host is there and takes messages. When it is not the first, everything may have changed meanwhile. */
  connected(post: (message: ToHost) => void): void {
    this.lost()
    this.#post = post
    for (const waiting of this.#waiting.values()) this.#send(waiting)
    if (this.#hasConnected) this.#announceEverything()
    this.#hasConnected = true
  }

  /** The host is gone. */
  lost(): void {
    this.#post = null
    for (const waiting of this.#waiting.values()) {
      if (!waiting.isSent) continue
      if (isRepeatable(waiting.method)) waiting.isSent = false
      else this.#settle(waiting.id, lostReply)
    }
  }

  hear(message: FromHost): void {
    if ('id' in message) this.#settle(message.id, message.reply)
    else for (const listener of this.#listeners) listener(message.signal, message.data)
  }

  #send(waiting: Waiting): void {
    if (this.#post === null) return
    const { id, method, input } = waiting
    waiting.isSent = true
    try {
      this.#post({ id, method, input })
    } catch (error) {
      const message = `the input cannot leave the window: ${String(error)}`
      this.#settle(id, { ok: false, error: { code: 'bad-request', message } })
    }
  }

  #settle(id: number, reply: Reply): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.settle(reply)
  }

  #announceEverything(): void {
    for (const signal of generalSignals) this.hear({ signal, data: {} })
  }
}

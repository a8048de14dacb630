import { randomUUID } from 'node:crypto'
import type { Api } from '../../tools/desk/api.ts'

export type Reply = { text: string; conversationId: string; messageId: string }

/**
 * Somebody's program that answers customers. It never gives up on a reply: when the server dies on it, it asks again
 * with the same key, as the interface promises it may.
 */
export class Replies {
  readonly accepted: Reply[] = []
  readonly #api: () => Api
  #isOver = false
  readonly #loops: Promise<void>[]

  /** @param pauseMs between one reply and the next of each of the two writers */
  constructor(api: () => Api, pauseMs: number) {
    this.#api = api
    this.#loops = [this.#write('A', pauseMs), this.#write('B', pauseMs)]
  }

  /** Resolves when the replies begun are taken by the server. */
  async finish(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#loops)
  }

  async #write(name: string, pauseMs: number): Promise<void> {
    for (let count = 1; !this.#isOver; count += 1) {
      const conversationId = await this.#pick(count)
      if (conversationId === undefined) {
        await pause(pauseMs)
        continue
      }
      const text = `Antwort ${name}${count}`
      const key = randomUUID()
      const path = `/conversations/${conversationId}/messages`
      const { id } = await insist(() =>
        this.#api().post<{ id: string }>(
          path,
          { type: 'text', text },
          {
            'idempotency-key': key,
          },
        ),
      )
      this.accepted.push({ text, conversationId, messageId: id })
      await pause(pauseMs)
    }
  }

  async #pick(count: number): Promise<string | undefined> {
    const { items } = await insist(() =>
      this.#api().get<{ items: { id: string }[] }>('/conversations'),
    )
    return items[count % Math.max(1, items.length)]?.id
  }
}

/** Asks until there is an answer; a refusal is one, and fails the test. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Error && /answered 4\d\d/.test(error.message)) throw error
      await pause(100)
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

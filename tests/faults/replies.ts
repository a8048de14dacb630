import { randomUUID } from 'node:crypto'
import type { Api } from '../../tools/desk/api.ts'

export type Reply = { text: string; conversationId: string; messageId: string }
type Wish = { text: string; conversationId: string; key: string }

/**
 * Somebody's programs that answer customers. They never give up on a reply: when the server dies on one, they ask
 * again later with the same key, as the interface promises they may.
 */
export class Replies {
  readonly accepted: Reply[] = []
  readonly #api: () => Api
  readonly #unsure: Wish[] = []
  readonly #programs: Promise<void>[]
  #isOver = false

  /** @param pauseMs between one reply and the next of each program */
  constructor(api: () => Api, pauseMs: number) {
    this.#api = api
    this.#programs = ['A', 'B'].map((name) => this.#write(name, pauseMs))
  }

  /** Resolves when the server has taken every reply that was begun. */
  async finish(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#programs)
    await Promise.all(
      this.#unsure.map(async (wish) => {
        while (!(await this.#send(wish))) await pause(500)
      }),
    )
  }

  async #write(name: string, pauseMs: number): Promise<void> {
    for (let count = 1; !this.#isOver; count += 1) {
      const conversationId = await this.#pick(count)
      if (conversationId !== undefined) {
        const wish = { text: `Antwort ${name}${count}`, conversationId, key: randomUUID() }
        if (!(await this.#send(wish))) this.#unsure.push(wish)
      }
      await pause(pauseMs)
    }
  }

  async #pick(count: number): Promise<string | undefined> {
    try {
      const { items } = await this.#api().get<{ items: { id: string }[] }>('/conversations')
      return items[count % Math.max(1, items.length)]?.id
    } catch {
      return undefined // no server just now
    }
  }

  /** False when it is not known what became of it: no answer, or the first attempt still counts as going on. */
  async #send({ text, conversationId, key }: Wish): Promise<boolean> {
    const path = `/conversations/${conversationId}/messages`
    try {
      const { id } = await this.#api().post<{ id: string }>(
        path,
        { type: 'text', text },
        { 'idempotency-key': key },
      )
      this.accepted.push({ text, conversationId, messageId: id })
      return true
    } catch (error) {
      const isRefused = error instanceof Error && /answered 4(?!09)\d\d/.test(error.message)
      if (isRefused) throw error
      return false
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

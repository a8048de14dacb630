import type { Api } from '../../core/contract/client.ts'
import type { RefusalView } from '../../core/contract/views.ts'
import type { ConversationId, MutationId } from '../../core/domain/ids.ts'

/** What the server would not do in this conversation, until the person has decided about each. */
export class Refusals {
  list = $state.raw<readonly RefusalView[]>([])
  readonly first: RefusalView | null = $derived(this.list[0] ?? null)
  readonly #api: Api
  readonly #conversationId: ConversationId
  #asked = 0

  constructor(api: Api, conversationId: ConversationId) {
    this.#api = api
    this.#conversationId = conversationId
  }

  open(): () => void {
    void this.#ask()
    return this.#api.on('outbox.changed', () => void this.#ask())
  }

  /** @throws AppError when it is refused again */
  async retry(muid: MutationId): Promise<void> {
    await this.#api.call('outbox.retry', { muid })
    await this.#ask()
  }

  async discard(muid: MutationId): Promise<void> {
    await this.#api.call('outbox.discard', { muid })
    await this.#ask()
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked
    try {
      const all = await this.#api.call('outbox.refusals', {})
      if (asked !== this.#asked) return
      this.list = all.filter(
        ({ conversationId, name }) =>
          conversationId === this.#conversationId && name !== 'conversation.read',
      )
    } catch {
      // The refusals are kept by the host; the next change asks again.
    }
  }
}

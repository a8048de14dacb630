import type { Api } from '../../core/contract/client.ts'
import type { ConversationId } from '../../core/domain/ids.ts'

/** WhatsApp shows that somebody types for 25 seconds; telling it more often tells nothing. @see facts 2.6 */
const everyMs = 20_000

/** Lets the contact of one conversation see that a reply is being written. */
export class Typing {
  readonly #api: Api
  readonly #conversationId: ConversationId
  #toldAtMs = -Infinity

  constructor(api: Api, conversationId: ConversationId) {
    this.#api = api
    this.#conversationId = conversationId
  }

  tell(nowMs: number): void {
    if (nowMs - this.#toldAtMs < everyMs) return
    this.#toldAtMs = nowMs
    const conversationId = this.#conversationId
    // Nobody waits for it, and a dot less hurts nobody.
    this.#api.call('conversation.typing', { conversationId }).catch(() => undefined)
  }
}

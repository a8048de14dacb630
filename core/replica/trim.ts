import type { ConversationId } from '../domain/ids.ts'
import { mostMessages, windowMessages } from '../domain/window.ts'
import type { Base } from './base.ts'

/** Trimming goes on below the limit, so that it is not due again at once. */
const untilShare = 0.9

/**
 * Lets go of old messages when more are held than should be: first of what is beyond the newest of each conversation,
 * then whole conversations, those first that nobody touched for the longest time. What is let go is on the server.
 *
 * @returns the conversations that hold fewer messages now
 */
export function trimMessages(base: Base, most = mostMessages): ConversationId[] {
  if (base.count('message') <= most) return []
  const conversations = [...base.all('conversation')].sort((a, b) => a.updatedAtMs - b.updatedAtMs)
  const trimmed: ConversationId[] = []
  for (const keep of [windowMessages, 0]) {
    for (const { id } of conversations) {
      if (base.count('message') <= most * untilShare) return trimmed
      if (keepNewest(base, id, keep)) trimmed.push(id)
    }
  }
  return trimmed
}

/** Whole seconds of them, because that is how far back a conversation is held. @returns whether there were others */
function keepNewest(base: Base, id: ConversationId, keep: number): boolean {
  const messages = [...base.messages(id)]
  const oldest = messages[messages.length - keep] ?? messages.at(-1)
  if (oldest === undefined || messages.length <= keep) return false
  const second = Math.floor(oldest.sentAtMs / 1000) + Number(keep === 0)
  for (const message of messages) {
    if (message.sentAtMs < second * 1000) base.remove('message', message.id)
  }
  base.setHeldFrom(id, Math.max(base.heldFromMs(id), second * 1000))
  return true
}

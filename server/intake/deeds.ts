/** What a person does to a message that was already sent: changing its text, or deleting it for everyone. */
import { previewOf } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf } from './happening.ts'
import { duplicate, ignored, parked, stored, type Result } from './result.ts'

/** The newest change is shown, whatever the order of arrival; what stood there before is kept. */
export function editMessage(fold: Fold, edit: HappeningOf<'message-edited'>): Result {
  const number = fold.number(edit.on)
  const target = fold.messageByWamid(number.id, edit.target)
  if (target === undefined) {
    return parked({ numberId: number.id, wamid: edit.target, kind: 'edit' })
  }
  const atMs = edit.atMs ?? fold.receivedAtMs
  if (target.deletedAtMs !== undefined && target.deletedAtMs < atMs) {
    return ignored('the message was deleted')
  }
  const text = edit.content.text
  const lastMs = target.editedAtMs ?? 0
  const before = target.previousTexts ?? []
  const isKnown = text === target.text || (text !== undefined && before.includes(text))
  if (lastMs >= atMs && isKnown) return duplicate(target)
  if (lastMs > atMs) {
    if (text === undefined) return ignored('a later change is shown')
    const message = { ...target, previousTexts: [...before, text] }
    fold.putMessage(message)
    return stored(message)
  }
  const { text: replaced, ...rest } = target
  const message: Message = {
    ...rest,
    ...(text === undefined ? {} : { text }),
    ...(replaced === undefined || replaced === text
      ? {}
      : { previousTexts: [...before, replaced] }),
    editedAtMs: atMs,
  }
  replace(fold, message)
  return stored(message)
}

/**
 * Deleted for everyone: the thread says so, and colleagues may still see what was there. It goes for good with the
 * contact's other messages when those are erased.
 */
export function revokeMessage(fold: Fold, revoke: HappeningOf<'message-revoked'>): Result {
  const number = fold.number(revoke.on)
  const target = fold.messageByWamid(number.id, revoke.target)
  if (target === undefined) {
    return parked({ numberId: number.id, wamid: revoke.target, kind: 'revoke' })
  }
  if (target.deletedAtMs !== undefined) return duplicate(target)
  const message: Message = { ...target, deletedAtMs: revoke.atMs ?? fold.receivedAtMs }
  replace(fold, message)
  return stored(message)
}

/** Writes the message, and the list row where it is the newest. */
function replace(fold: Fold, message: Message): void {
  fold.putMessage(message)
  for (const conversation of fold.shownIn(message.conversationId)) {
    if (conversation.lastMessage?.messageId !== message.id) continue
    fold.putConversation({ ...conversation, lastMessage: previewOf(message) })
  }
}

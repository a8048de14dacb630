/** What a person does to a message that was already sent: changing its text, or deleting it for everyone. */
import { previewOf } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf } from './happening.ts'
import { duplicate, ignored, parked, stored, type Result } from './result.ts'

/** The newest change counts, whatever the order of arrival. */
export function editMessage(fold: Fold, edit: HappeningOf<'message-edited'>): Result {
  const number = fold.number(edit.on)
  const target = fold.messageByWamid(number.id, edit.target)
  if (target === undefined) {
    return parked({ numberId: number.id, wamid: edit.target, kind: 'edit' })
  }
  if (target.deletedAtMs !== undefined) return ignored('the message was deleted')
  const atMs = edit.atMs ?? fold.receivedAtMs
  const text = edit.content.text
  const lastMs = target.editedAtMs ?? 0
  const isKnown = text === target.text || target.previousTexts?.includes(text ?? '') === true
  if (lastMs > atMs) return ignored('a later change is shown')
  if (lastMs === atMs && isKnown) return duplicate(target)
  const { text: before, ...rest } = target
  const message: Message = {
    ...rest,
    ...(text === undefined ? {} : { text }),
    ...(before === undefined ? {} : { previousTexts: [...(target.previousTexts ?? []), before] }),
    editedAtMs: atMs,
  }
  replace(fold, message)
  return stored(message)
}

/**
 * Deleted for everyone: what it said leaves the thread, that it was there stays. The call that brought it is kept as
 * long as any other.
 */
export function revokeMessage(fold: Fold, revoke: HappeningOf<'message-revoked'>): Result {
  const number = fold.number(revoke.on)
  const target = fold.messageByWamid(number.id, revoke.target)
  if (target === undefined) {
    return parked({ numberId: number.id, wamid: revoke.target, kind: 'revoke' })
  }
  if (target.deletedAtMs !== undefined) return duplicate(target)
  const {
    text: _text,
    media: _media,
    location: _location,
    cards: _cards,
    order: _order,
    choice: _choice,
    raw: _raw,
    referral: _referral,
    previousTexts: _previousTexts,
    ...rest
  } = target
  const message: Message = { ...rest, deletedAtMs: revoke.atMs ?? fold.receivedAtMs }
  replace(fold, message)
  return stored(message)
}

/** Writes the message, and the list row where it is the newest. */
function replace(fold: Fold, message: Message): void {
  fold.putMessage(message)
  const conversation = fold.conversation(message.conversationId)
  if (conversation?.lastMessage?.messageId !== message.id) return
  fold.putConversation({ ...conversation, lastMessage: previewOf(message) })
}

/** Which app of the firm answers a contact: ours, or another that we only get copies of. @see facts 5.12 */
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf } from './happening.ts'
import { identifiersOf, meet } from './identity.ts'
import { duplicate, identityConflict, ignored, stored, type Result } from './result.ts'
import { blank, pastConversation } from './entry.ts'

type Handover = HappeningOf<'control-changed'>

export function changeControl(fold: Fold, handover: Handover): Result {
  const number = fold.number(handover.on)
  const atMs = handover.atMs ?? fold.receivedAtMs
  const met = meet(fold, handover.who, identifiersOf(handover.who, atMs))
  const before = pastConversation(fold, number, met.contact, atMs)
  if (atMs < (before.controlChangedAtMs ?? 0)) return ignored('a later change of control is known')
  const isSame =
    handover.isOurs === (before.controlledBy === undefined) &&
    (handover.to === undefined || handover.to === before.controlledBy?.role || handover.isOurs)
  const isKnown = before.controlChangedAtMs !== undefined || handover.isOurs
  if (isSame && isKnown) return duplicate()
  const { message } = changed(fold, before, { ...handover, atMs })
  return stored(message, met.isConflict ? identityConflict : undefined)
}

/** A message that came to us, and not as a copy, says that we answer again. */
export function backInControl(fold: Fold, conversation: Conversation, atMs: number): Conversation {
  const { controlledBy } = conversation
  if (controlledBy === undefined || atMs <= controlledBy.sinceMs) return conversation
  return changed(fold, conversation, { isOurs: true, from: controlledBy.role, atMs }).conversation
}

/** A copy says that another app answers. */
export function outOfControl(fold: Fold, conversation: Conversation, atMs: number): Conversation {
  const isKnown = conversation.controlledBy !== undefined
  if (isKnown || atMs <= (conversation.controlChangedAtMs ?? 0)) return conversation
  return changed(fold, conversation, { isOurs: false, atMs }).conversation
}

function changed(
  fold: Fold,
  before: Conversation,
  { isOurs, from, to, atMs }: Pick<Handover, 'isOurs' | 'from' | 'to'> & { atMs: number },
) {
  const { controlledBy: _before, ...rest } = before
  const role = to === undefined ? {} : { role: to }
  const next: Conversation = {
    ...rest,
    ...(isOurs ? {} : { controlledBy: { ...role, sinceMs: atMs } }),
    controlChangedAtMs: atMs,
  }
  const message = {
    ...blank(fold, next, atMs),
    activity: {
      kind: 'control-changed' as const,
      ...(from === undefined ? {} : { from }),
      // Absent when it is ours again.
      ...(isOurs ? {} : { to: to ?? 'WhatsApp' }),
    },
  }
  return { message, conversation: fold.join(next, message) }
}

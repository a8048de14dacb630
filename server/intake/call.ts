/** Calls: a line in the thread, which says how the call ended once that is known. */
import { windowMs, type Conversation } from '../../core/domain/conversation.ts'
import type { Activity } from '../../core/domain/message.ts'
import { contactName } from '../../core/domain/people.ts'
import type { Fold } from './fold.ts'
import type { Call, HappeningOf } from './happening.ts'
import { identifiersOf, meet } from './identity.ts'
import { addLine } from './people.ts'
import { duplicate, stored, type Result } from './result.ts'
import { pastConversation } from './entry.ts'

/** One by the contact keeps the reply window open like a message. @see facts 6.1 */
export function noteCall(fold: Fold, happening: HappeningOf<'call-event'>): Result {
  const { callId, call, isByContact } = happening
  const number = fold.number(happening.on)
  const atMs = happening.atMs ?? fold.receivedAtMs
  const known = fold.messageByWamid(number.id, callId)
  const met = meet(fold, happening.who, identifiersOf(happening.who, atMs))
  const found = known && fold.conversation(known.conversationId)
  const before = found ?? pastConversation(fold, number, met.contact, atMs)
  const conversation = isByContact ? opened(before, atMs) : before
  if (known !== undefined) {
    if (conversation !== before) fold.putConversation(conversation)
    const { activity } = known
    const next = activity?.kind === 'call' ? further(activity.call, call) : undefined
    if (activity === undefined || next === undefined || next === activity.call) {
      return conversation === before ? duplicate(known) : stored(known)
    }
    const message = { ...known, activity: { ...activity, call: next } }
    fold.putMessage(message)
    return stored(message)
  }
  const name = contactName(met.contact)
  const activity: Activity = {
    kind: 'call',
    ...(isByContact ? { from: name } : { to: name }),
    call,
  }
  return addLine(fold, conversation, met.contact, activity, { atMs, wamid: callId })
}

function opened(before: Conversation, atMs: number): Conversation {
  const windowExpiresAtMs = Math.max(before.windowExpiresAtMs ?? 0, atMs + windowMs)
  return windowExpiresAtMs === before.windowExpiresAtMs ? before : { ...before, windowExpiresAtMs }
}

/**
 * How a call stands after hearing one more thing of it, in any order: a length proves that it was answered, and one
 * that was answered is over when the end is told.
 */
export function further(before: Call | undefined, news: Call): Call {
  if (before === undefined || before.state === 'ringing') {
    return before?.state === news.state ? before : news
  }
  if (news.state === 'ringing' || before.state === news.state) return before
  if (before.state === 'ended') return before
  if (news.state === 'ended') return news
  const isAnswered = before.state === 'answered' || news.state === 'answered'
  const isRejected = before.state === 'rejected' || news.state === 'rejected'
  if (isRejected) return before.state === 'rejected' ? before : news
  return isAnswered ? { state: 'ended' } : before
}

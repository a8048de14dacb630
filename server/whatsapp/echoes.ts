import type { Who } from '../intake/happening.ts'
import { deedOf, reactionOf, told, unreadable, writtenIn, type Reading } from './messages.ts'
import { completed, hasIdentifier, type Place } from './people.ts'
import { compact, phoneOf, textOf, timeOf } from './values.ts'
import { Head, read, SentCopy } from './wire.ts'

/** A member of `message_echoes[]`: what the firm wrote in the WhatsApp Business app. @see facts 5.11 */
export function translateEcho(echo: unknown, { on, people }: Place): Reading {
  const item = unpacked(echo)
  const head = read(Head, item)
  if (head === undefined || on === undefined) {
    return { kind: 'echo-sent', failed: unreadable(head, on) }
  }
  const deed = deedOf(head, item, on)
  if (deed !== undefined) return told(deed)
  const who = completed(receiverOf(head, on.displayPhone), people)
  if (!hasIdentifier(who)) return { kind: 'echo-sent', failed: 'the recipient is missing' }
  const personal = { on, who, atMs: timeOf(head.timestamp), wamid: head.id }
  const reaction = head.type === 'reaction' ? reactionOf(item) : undefined
  if (reaction !== undefined) {
    return told({ kind: 'reaction-given', ...personal, ...reaction, isOurs: true, isHistory: true })
  }
  return told({ kind: 'echo-sent', ...personal, ...writtenIn(head, item) })
}

/** What another app sent comes as the body it sent, with id and time beside it. */
function unpacked(echo: unknown): unknown {
  const sent = read(SentCopy, echo)?.message
  if (sent === undefined || typeof echo !== 'object') return echo
  const { to, recipient: to_user_id } = sent
  return { ...sent, ...echo, ...compact({ to, to_user_id }) }
}

/** Whom we wrote to. Some bodies have the two sides the wrong way round. */
function receiverOf(head: Head, ourPhone: string | undefined): Who {
  const to = phoneOf(head.to)
  return {
    phone: to === ourPhone ? phoneOf(head.from) : to,
    userId: textOf(head.to_user_id),
    parentUserId: textOf(head.to_parent_user_id),
  }
}

import type { Happening, OurNumber, Who } from '../intake/happening.ts'
import { contentOf, unsupported } from './content.ts'
import { completed, hasIdentifier, type Place } from './people.ts'
import { systemHappening } from './system.ts'
import { compact, phoneOf, textOf, timeOf } from './values.ts'
import * as wire from './wire.ts'
import { read } from './wire.ts'

/** What a part of a body says, before it has its place in the ledger. */
export type Reading =
  | { kind: string; happening: Happening }
  | { kind: string; ignored: string }
  | { kind: string; failed: string }

/** A member of `messages[]`: what a person outside wrote or did. @see facts 5.7 */
export function translateMessage(item: unknown, { on, people }: Place): Reading {
  const head = read(wire.Head, item)
  const problem = unreadable(head, on)
  if (head === undefined || on === undefined) return { kind: 'message', failed: problem }
  const who = completed(senderOf(head), people)
  const deed = deedOf(head, item, on)
  if (deed !== undefined) return told(deed)
  const system = head.type === 'system' ? systemHappening(head, item, on, who) : undefined
  if (system !== undefined) return told(system)
  if (!hasIdentifier(who)) return { kind: 'message', failed: 'the sender is missing' }
  const personal = { on, who, atMs: timeOf(head.timestamp), wamid: head.id }
  if (head.type === 'request_welcome') return told({ kind: 'welcome-requested', ...personal })
  if (head.group_id !== undefined) return inGroup(head, item, personal)
  const reaction = head.type === 'reaction' ? reactionOf(item) : undefined
  if (reaction !== undefined) {
    return told({
      kind: 'reaction-given',
      ...personal,
      ...reaction,
      isOurs: false,
      isHistory: false,
    })
  }
  return told({ kind: 'message-received', ...personal, ...writtenIn(head, item) })
}

/**
 * What somebody wrote in a group is noted with the person, and opens nothing: an answer here would go to that person
 * alone. @see facts 5.13
 */
function inGroup(head: wire.Head, item: unknown, personal: Personal): Reading {
  if (head.type === 'reaction') return { kind: 'reaction-given', ignored: 'group event, kept' }
  const { text } = contentOf(head.type, item)
  return told({ kind: 'system-notice', ...personal, text, raw: item })
}

type Personal = { on: OurNumber; who: Who; atMs: number | undefined; wamid: string }

export function told(happening: Happening): Reading {
  return { kind: happening.kind, happening }
}

/** Why nothing can be made of a message. */
export function unreadable(head: wire.Head | undefined, on: OurNumber | undefined): string {
  if (head === undefined) return 'a message without an id'
  return on === undefined ? 'phone_number_id is missing' : ''
}

function senderOf(head: wire.Head): Who {
  return {
    phone: phoneOf(head.from),
    userId: textOf(head.from_user_id),
    parentUserId: textOf(head.from_parent_user_id),
  }
}

/** An edit or a revoke: something done to an earlier message. */
export function deedOf(head: wire.Head, item: unknown, on: OurNumber): Happening | undefined {
  const atMs = timeOf(head.timestamp)
  const edit = head.type === 'edit' ? read(wire.EditMessage, item)?.edit : undefined
  if (edit !== undefined) {
    const content = contentOf(edit.message.type, edit.message)
    if (content.type === 'unsupported') return undefined
    return { kind: 'message-edited', on, atMs, target: edit.original_message_id, content }
  }
  const revoke = head.type === 'revoke' ? read(wire.RevokeMessage, item)?.revoke : undefined
  if (revoke === undefined) return undefined
  return { kind: 'message-revoked', on, atMs, target: revoke.original_message_id }
}

export function reactionOf(item: unknown): { target: string; emoji: string } | undefined {
  const found = read(wire.ReactionMessage, item)?.reaction
  return found && { target: found.message_id, emoji: found.emoji ?? '' }
}

/** What was written, what it quotes, and where it came from. */
export function writtenIn(head: wire.Head, item: unknown) {
  const context = read(wire.WithContext, item)?.context
  const isForwarded = context?.forwarded === true || context?.frequently_forwarded === true
  const referral =
    read(wire.WithReferral, item)?.referral ??
    (context?.referred_product === undefined
      ? undefined
      : { referred_product: context.referred_product })
  const content = contentOf(head.type, item)
  return compact({
    content: content.type === 'unsupported' ? unsupported(item) : content,
    quote: textOf(context?.id) ?? textOf(context?.message_id),
    isForwarded: isForwarded ? true : undefined,
    referral,
  })
}

import Type, { type Static } from 'typebox'
import {
  isOurs,
  isWindowOpen,
  opened,
  shows,
  withMessage,
  type Conversation,
} from '../domain/conversation.ts'
import type { Entity } from '../domain/entities.ts'
import { isAwaitingFile } from '../domain/files.ts'
import { ConversationId, MessageId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import type { User } from '../domain/people.ts'
import { AtMs } from '../domain/time.ts'
import { isOneEmoji } from '../lib/emoji.ts'
import { present } from '../lib/present.ts'
import { Body, contentOf, flawOfBody } from './body.ts'
import { mayUse, templateOf } from './template.ts'
import { defineMutator, done, refuse, type Context, type Reads, type Refusal } from './mutator.ts'

/** WhatsApp takes no reaction to a message older than that. @see facts 2.3 */
const reactableMs = 30 * 24 * 60 * 60_000
/** How far ahead a message may be set to leave. */
const mostAheadMs = 365 * 24 * 60 * 60_000
/** A reply that waited longer than this for a server may be overtaken by what the contact wrote meanwhile. */
const overtakenAfterMs = 10 * 60_000

const SendArgs = Type.Object({
  id: MessageId,
  conversationId: ConversationId,
  body: Body,
  replyTo: Type.Optional(MessageId),
  /** Newest message the sender's screen had shown; null when it showed none. */
  basedOn: Type.Union([MessageId, Type.Null()]),
  /** Send although a colleague answered or the contact wrote meanwhile. */
  isAnyway: Type.Optional(Type.Boolean()),
  resendOf: Type.Optional(MessageId),
  /** Leaves then; at once when that is past. */
  sendAtMs: Type.Optional(AtMs),
})

/**
 * Writes to the contact. Written without a server and overtaken by what the contact wrote, it is `held` until somebody
 * decides. Refused by `window-closed` outside the 24 hours (templates pass), by `colleague-answered`
 * when somebody else replied after what the sender had seen, and by what WhatsApp would refuse: `bad-request`,
 * `unsupported-media`, `template-mismatch` (their details name the member), `template-unavailable`,
 * `marketing-stopped`.
 */
export const sendMessage = defineMutator({
  args: SendArgs,
  needs: ({ id, conversationId, basedOn, replyTo, body }) => [
    ['message', id],
    ['conversation', conversationId],
    ...optional('message', basedOn),
    ...optional('message', replyTo),
    ...optional('template', body.type === 'template' ? body.templateId : null),
  ],
  alsoNeeds(reads, { conversationId, body }) {
    const conversation = reads.get('conversation', conversationId)
    if (conversation === undefined || body.type !== 'template') return []
    return [
      ['contact', conversation.contactId],
      ['number', conversation.numberId],
    ]
  },
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (isTaken(reads, args.id)) return refuse('already-exists')
    const refusal =
      mayReply(reads, conversation, args, context) ?? maySend(reads, conversation, args)
    if (refusal !== undefined) return refusal
    const quoted = args.replyTo === undefined ? undefined : reads.get('message', args.replyTo)
    if (quoted !== undefined && !isShownIn(conversation, quoted)) {
      const reason = 'a message of this conversation'
      return refuse('bad-request', { at: '/body/replyTo', rule: 'unexpected', reason })
    }
    const isHeld = isOvertaken(reads, conversation, args, context)
    const isLater = args.sendAtMs !== undefined && args.sendAtMs > context.nowMs
    const message: Message = {
      ...outgoing(conversation, args.id, context),
      ...(isHeld ? { status: 'held', statusAt: {} } : {}),
      ...contentOf(args.body, templateOf(reads, args.body)),
      ...(quoted === undefined ? {} : { replyTo: quoteOf(quoted) }),
      ...present({ resendOf: args.resendOf, sendAtMs: isLater ? args.sendAtMs : undefined }),
    }
    const before = isHeld ? conversation : opened(conversation, context.nowMs)
    return done(
      { entity: 'message', row: message },
      { entity: 'conversation', row: withMessage(before, message) },
    )
  },
})

/** Puts an emoji on a message of the contact or of ours, or takes it off (`emoji: ''`). */
export const react = defineMutator({
  args: Type.Object({
    id: MessageId,
    conversationId: ConversationId,
    messageId: MessageId,
    emoji: Type.String({ maxLength: 64 }),
  }),
  needs: ({ id, conversationId, messageId }) => [
    ['message', id],
    ['conversation', conversationId],
    ['message', messageId],
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    const target = reads.get('message', args.messageId)
    if (conversation === undefined || target === undefined) return refuse('not-found')
    if (isTaken(reads, args.id)) return refuse('already-exists')
    if (!shows(conversation, target.conversationId)) return refuse('bad-request')
    if (target.wamid === undefined || target.type === 'reaction') return refuse('bad-request')
    if (args.emoji !== '' && !isOneEmoji(args.emoji)) {
      return refuse('bad-request', { at: '/emoji', rule: 'malformed', reason: 'one emoji' })
    }
    if (context.nowMs - target.sentAtMs > reactableMs) {
      const reason = 'WhatsApp takes reactions for 30 days'
      return refuse('bad-request', { at: '/messageId', rule: 'too-old', reason })
    }
    if (!isWindowOpen(conversation, context.nowMs)) return refuse('window-closed')
    if (!isOurs(conversation, context.nowMs)) return refuse('not-in-control')
    const reaction: Message = {
      ...outgoing(conversation, args.id, context),
      type: 'reaction',
      reaction: { messageId: target.id, wamid: target.wamid, emoji: args.emoji },
    }
    // The contact sees one company, so the firm has one reaction on a message, whoever of us gave it.
    const others = target.reactions.filter((given) => given.author.kind === 'contact')
    const mine =
      args.emoji === ''
        ? []
        : [{ emoji: args.emoji, author: agent(context.user), messageId: args.id }]
    return done(
      { entity: 'message', row: reaction },
      { entity: 'message', row: { ...target, reactions: [...others, ...mine] } },
      { entity: 'conversation', row: withMessage(conversation, reaction) },
    )
  },
})

/**
 * Settles a message whose outcome WhatsApp never told, or takes back one that was to leave later or whose file is not
 * at the server yet: it stays in the thread as failed, and asks no more.
 */
export const dismissMessage = defineMutator({
  args: Type.Object({ id: MessageId }),
  needs: ({ id }) => [['message', id]],
  run(reads, { id }, context) {
    const message = reads.get('message', id)
    if (message === undefined) return refuse('not-found')
    const isAhead = (message.sendAtMs ?? 0) > context.nowMs || isAwaitingFile(message)
    const isHere = message.status === 'queued' && isAhead
    if (message.status !== 'uncertain' && message.status !== 'held' && !isHere) {
      return refuse('conflict')
    }
    const error = isHere
      ? { code: 'taken-back', title: 'Taken back before it left' }
      : { code: 'dismissed', title: 'Dismissed' }
    const row: Message = {
      ...message,
      status: 'failed',
      statusAt: { ...message.statusAt, failed: context.nowMs },
      error: message.error ?? error,
    }
    return done({ entity: 'message', row })
  },
})

type Sending = Static<typeof SendArgs>

/** Whether the reply window and what colleagues did allow it. */
function mayReply(
  reads: Reads,
  conversation: Conversation,
  args: Sending,
  context: Context,
): Refusal | undefined {
  const leavesAtMs = Math.max(args.sendAtMs ?? 0, context.nowMs)
  if (leavesAtMs - context.nowMs > mostAheadMs) {
    return refuse('bad-request', {
      at: '/body/sendAt',
      rule: 'malformed',
      reason: 'at most a year ahead',
    })
  }
  if (args.body.type !== 'template' && !isOurs(conversation, context.nowMs)) {
    return refuse('not-in-control', { role: conversation.controlledBy?.role })
  }
  if (args.body.type !== 'template' && !isWindowOpen(conversation, leavesAtMs)) {
    return refuse('window-closed', { windowExpiresAtMs: conversation.windowExpiresAtMs })
  }
  const last = conversation.lastReply
  if (args.isAnyway === true || last === null || last.authorId === context.user.id) return undefined
  if (last.ord <= seenIn(reads, args)) return undefined
  return refuse('colleague-answered', {
    messageId: last.messageId,
    by: last.authorName,
    atMs: last.atMs,
  })
}

/** Whether the contact wrote what its author cannot have seen: it waited for a server, and something came first. */
function isOvertaken(
  reads: Reads,
  { lastInbound }: Conversation,
  args: Sending,
  { ageMs = 0 }: Context,
): boolean {
  if (ageMs <= overtakenAfterMs || args.isAnyway === true || args.body.type === 'template')
    return false
  return lastInbound !== null && lastInbound.ord > seenIn(reads, args)
}

/** Place of the newest message that the sender's screen had shown. */
function seenIn(reads: Reads, { basedOn }: Sending): number {
  return basedOn === null ? 0 : (reads.get('message', basedOn)?.ord ?? 0)
}

/** Whether WhatsApp would take it. */
function maySend(reads: Reads, conversation: Conversation, { body }: Sending): Refusal | undefined {
  const template = templateOf(reads, body)
  if (body.type === 'template') {
    const refusal = mayUse(reads, conversation, template)
    if (refusal !== undefined) return refusal
  }
  const flaw = flawOfBody(body, template)
  if (flaw === undefined) return undefined
  const isVoice = body.type === 'audio' && flaw.at === '/media'
  const code = body.type === 'template' ? 'template-mismatch' : 'bad-request'
  return refuse(isVoice ? 'unsupported-media' : code, { ...flaw, at: `/body${flaw.at}` })
}

/** The parts every new entry of a conversation shares: its place behind the newest, its author, its time. */
export function entryOf(conversation: Conversation, id: MessageId, context: Context) {
  return {
    id,
    conversationId: conversation.id,
    numberId: conversation.numberId,
    ord: conversation.lastOrd + 1,
    status: 'saved' as const,
    statusAt: {},
    author: agent(context.user),
    reactions: [],
    sentAtMs: context.nowMs,
    receivedAtMs: context.nowMs,
  }
}

/** The parts every message to the contact shares. */
function outgoing(conversation: Conversation, id: MessageId, context: Context): Message {
  return {
    ...entryOf(conversation, id, context),
    contactId: conversation.contactId,
    direction: 'out',
    type: 'text',
    status: 'queued',
    statusAt: { queued: context.nowMs },
  }
}

function isShownIn({ id, includes = [] }: Conversation, { conversationId }: Message): boolean {
  return conversationId === id || includes.includes(conversationId)
}

function quoteOf(message: Message) {
  return { messageId: message.id, ...(message.wamid === undefined ? {} : { wamid: message.wamid }) }
}

/** A new message under the id of an old one would replace it: ids are made by whoever writes, so this is checked. */
export function isTaken(reads: Reads, id: MessageId): boolean {
  return reads.get('message', id) !== undefined
}

function agent(user: User) {
  return { kind: 'agent' as const, id: user.id, name: user.name }
}

function optional(entity: Entity, id: string | null | undefined): (readonly [Entity, string])[] {
  return id == null ? [] : [[entity, id]]
}

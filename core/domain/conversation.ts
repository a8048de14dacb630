import Type, { type Static } from 'typebox'
import { ContactId, ConversationId, LabelId, MessageId, NumberId, TeamId, UserId } from './ids.ts'
import { MessageType, type Message } from './message.ts'
import { MessageStatus } from './status.ts'
import { AtMs } from './time.ts'
import { shorten } from '../lib/text.ts'

export const ConversationStatus = Type.Enum(['open', 'snoozed', 'resolved'])
export type ConversationStatus = Static<typeof ConversationStatus>

export const Priority = Type.Enum(['low', 'normal', 'high', 'urgent'])
export type Priority = Static<typeof Priority>

/** What the list row shows of the newest message. */
export const Preview = Type.Object({
  messageId: MessageId,
  direction: Type.Enum(['in', 'out', 'note', 'system']),
  type: MessageType,
  text: Type.Optional(Type.String()),
  authorId: Type.Optional(Type.String()),
  authorName: Type.Optional(Type.String()),
  status: MessageStatus,
  atMs: AtMs,
})
export type Preview = Static<typeof Preview>

/** Where one side last spoke; `ord` compares with what a colleague's screen had shown. */
export const Mark = Type.Object({
  messageId: MessageId,
  ord: Type.Integer(),
  wamid: Type.Optional(Type.String()),
  authorId: Type.Optional(UserId),
  authorName: Type.Optional(Type.String()),
  atMs: AtMs,
})
export type Mark = Static<typeof Mark>

/** One of our numbers and one contact, for ever. Resolving and reopening do not make another. */
export const Conversation = Type.Object({
  id: ConversationId,
  numberId: NumberId,
  contactId: ContactId,
  status: ConversationStatus,
  assigneeId: Type.Union([UserId, Type.Null()]),
  /** Raised by every change of assignee: two people assigning at once cannot both win. */
  assignVersion: Type.Integer(),
  teamId: Type.Union([TeamId, Type.Null()]),
  /** Each once. Those of labels that were deleted meanwhile stay, and are shown nowhere. */
  labels: Type.Array(LabelId),
  priority: Priority,
  /** The colleague who last said how urgent it is. */
  prioritizedBy: Type.Optional(UserId),
  /** When it comes back by itself; null while snoozed means only when the contact writes. */
  snoozedUntilMs: Type.Union([AtMs, Type.Null()]),
  /** When it last came back from being snoozed by itself: its place in the list is from then. */
  returnedAtMs: Type.Optional(AtMs),
  /** `ord` of the newest message. */
  lastOrd: Type.Integer(),
  /** How often the contact wrote or reacted; what a person has seen is counted the same way (ReadMark). */
  inboundCount: Type.Integer(),
  lastMessage: Type.Union([Preview, Type.Null()]),
  lastInbound: Type.Union([Mark, Type.Null()]),
  /** Newest message that went to the contact, by whomever. */
  lastReply: Type.Union([Mark, Type.Null()]),
  /** Since when the contact waits: the oldest message nobody answered. */
  waitingSinceMs: Type.Union([AtMs, Type.Null()]),
  /** End of WhatsApp's 24 hours, from the contact's own time of writing. @see facts 6.1 */
  windowExpiresAtMs: Type.Union([AtMs, Type.Null()]),
  /** The contact came from an ad then: a first answer within 24 hours makes 72 hours free. @see facts 6.1 */
  adEntryAtMs: Type.Optional(AtMs),
  /** Until when all messages are free, after an ad. */
  freeUntilMs: Type.Optional(AtMs),
  /** Another app of the firm answers this contact, so nobody here may; absent while it is ours. */
  controlledBy: Type.Optional(Type.Object({ role: Type.Optional(Type.String()), sinceMs: AtMs })),
  /** WhatsApp's time of the newest change of who answers, so that an older one heard later changes nothing. */
  controlChangedAtMs: Type.Optional(AtMs),
  /** Its contact was merged into another's: what is here is shown in that conversation. */
  mergedInto: Type.Optional(ConversationId),
  /** Conversations of merged contacts, shown in this one. */
  includes: Type.Optional(Type.Array(ConversationId)),
  openedAtMs: AtMs,
  resolvedAtMs: Type.Union([AtMs, Type.Null()]),
  updatedAtMs: AtMs,
})
export type Conversation = Static<typeof Conversation>

/** WhatsApp's customer service window. */
export const windowMs = 24 * 60 * 60 * 1000

/** Whether free text may still go out at `nowMs` (server time). */
export function isWindowOpen(conversation: Conversation, nowMs: number): boolean {
  return conversation.windowExpiresAtMs !== null && conversation.windowExpiresAtMs > nowMs
}

/** Another app's control ends by itself when nothing was written for so long. @see facts 5.12 */
const controlLapsesMs = 24 * 60 * 60 * 1000

/** Whether people here may write: no other app of the firm answers this contact at `nowMs`. */
export function isOurs({ controlledBy, lastMessage }: Conversation, nowMs: number): boolean {
  if (controlledBy === undefined) return true
  const lastMs = Math.max(controlledBy.sinceMs, lastMessage?.atMs ?? 0)
  return nowMs >= lastMs + controlLapsesMs
}

/** Whether people here may write freely at `nowMs`. */
export function isAnswerable(conversation: Conversation, nowMs: number): boolean {
  return isWindowOpen(conversation, nowMs) && isOurs(conversation, nowMs)
}

/** Whether a message of `conversationId` is shown in this conversation: its own, or of one merged into it. */
export function shows({ id, includes }: Conversation, conversationId: ConversationId): boolean {
  return id === conversationId || includes?.includes(conversationId) === true
}

export function newConversation(
  id: ConversationId,
  numberId: NumberId,
  contactId: ContactId,
  nowMs: number,
): Conversation {
  return {
    id,
    numberId,
    contactId,
    status: 'open',
    assigneeId: null,
    assignVersion: 0,
    teamId: null,
    labels: [],
    priority: 'normal',
    snoozedUntilMs: null,
    lastOrd: 0,
    inboundCount: 0,
    lastMessage: null,
    lastInbound: null,
    lastReply: null,
    waitingSinceMs: null,
    windowExpiresAtMs: null,
    openedAtMs: nowMs,
    resolvedAtMs: null,
    updatedAtMs: nowMs,
  }
}

/** The list row's view of a message: at most 160 characters of it. */
export function previewOf(message: Message): Preview {
  return {
    messageId: message.id,
    direction: message.direction,
    type: message.type,
    ...(message.text === undefined || message.deletedAtMs !== undefined
      ? {}
      : { text: shorten(message.text, 160) }),
    ...(message.author?.id === undefined ? {} : { authorId: message.author.id }),
    ...(message.author === undefined ? {} : { authorName: message.author.name }),
    status: message.status,
    atMs: message.sentAtMs,
  }
}

/**
 * The conversation after `message` joined it (its `ord` already given). One function for what comes in, goes out,
 * is noted or happens, so that unread, waiting time and reply window cannot disagree between server and console.
 */
export function withMessage(conversation: Conversation, message: Message): Conversation {
  const next: Conversation = {
    ...conversation,
    lastOrd: Math.max(conversation.lastOrd, message.ord),
    updatedAtMs: Math.max(conversation.updatedAtMs, message.receivedAtMs),
  }
  if (showsInList(message, conversation.lastMessage)) next.lastMessage = previewOf(message)
  if (isOnlySeen(message)) return message.direction === 'out' ? afterEcho(next, message) : next
  if (message.direction === 'in') return afterInbound(next, message)
  if (message.status === 'held') return next // it may never leave
  if (message.direction === 'out' && message.type !== 'reaction') return afterReply(next, message)
  return next
}

/** The past, and copies of what another app answers: there to be seen, nothing to be done about. */
function isOnlySeen({ isHistory, isStandby }: Message): boolean {
  return isHistory === true || isStandby === true
}

/** Whether `message` takes the place of what the list row shows now. */
function showsInList(message: Message, shown: Preview | null): boolean {
  if (message.direction === 'system' || message.type === 'reaction') return false
  return shown === null || message.sentAtMs >= shown.atMs || !isOnlySeen(message)
}

function afterInbound(next: Conversation, message: Message): Conversation {
  const expires = Math.max(next.windowExpiresAtMs ?? 0, message.sentAtMs + windowMs)
  const isSpoken = message.type !== 'reaction'
  const isNewer = next.lastInbound === null || message.sentAtMs >= next.lastInbound.atMs
  return {
    ...opened(next, message.receivedAtMs),
    inboundCount: next.inboundCount + 1,
    lastInbound: isSpoken && isNewer ? markOf(message) : next.lastInbound,
    windowExpiresAtMs: expires,
    ...entryAfter(next, message),
    waitingSinceMs: isSpoken
      ? Math.min(next.waitingSinceMs ?? message.sentAtMs, message.sentAtMs)
      : next.waitingSinceMs,
  }
}

/** The conversation open again. Only what was resolved begins anew: being snoozed is a pause of the same opening. */
export function opened(conversation: Conversation, atMs: number): Conversation {
  if (conversation.status === 'open') return conversation
  return {
    ...conversation,
    status: 'open',
    snoozedUntilMs: null,
    resolvedAtMs: null,
    openedAtMs: conversation.status === 'resolved' ? atMs : conversation.openedAtMs,
  }
}

function afterReply(next: Conversation, message: Message): Conversation {
  return { ...freedBy(next, message), lastReply: markOf(message), waitingSinceMs: null }
}

/** Remembers that the contact came from an ad, or from a post with a button. */
function entryAfter(next: Conversation, message: Message): Pick<Conversation, 'adEntryAtMs'> {
  if (!isAdReferral(message.referral)) return {}
  return { adEntryAtMs: Math.max(next.adEntryAtMs ?? 0, message.sentAtMs) }
}

/** Whether WhatsApp says the message came from an ad or a post, and not from a product of the catalogue. */
function isAdReferral(referral: unknown): boolean {
  if (typeof referral !== 'object' || referral === null) return false
  return 'source_type' in referral || 'source_url' in referral || 'ctwa_clid' in referral
}

/** How long all messages are free after the first answer to somebody who came from an ad. @see facts 6.1 */
const freeMs = 72 * 60 * 60 * 1000

/** Our first answer within 24 hours of the entry by an ad starts the free time. The reply window is another matter. */
function freedBy(next: Conversation, { sentAtMs }: Message): Conversation {
  const { adEntryAtMs, freeUntilMs } = next
  if (adEntryAtMs === undefined || sentAtMs < adEntryAtMs) return next
  const isAnswered = freeUntilMs !== undefined && freeUntilMs - freeMs >= adEntryAtMs
  if (isAnswered || sentAtMs > adEntryAtMs + windowMs) return next
  return { ...next, freeUntilMs: sentAtMs + freeMs }
}

/** The conversation when the message that had started its free time never left: the next answer starts it. */
export function withoutAnswer(conversation: Conversation, message: Message): Conversation {
  if (conversation.freeUntilMs !== message.sentAtMs + freeMs) return conversation
  const { freeUntilMs: _never, ...rest } = conversation
  return rest
}

/** The conversation when WhatsApp says of an answer that it was free because of an ad, and perhaps until when. */
export function withFreeEntry(
  conversation: Conversation,
  message: Message,
  untilMs: number | undefined,
): Conversation {
  const freeUntilMs = untilMs ?? freedBy(conversation, message).freeUntilMs
  if (freeUntilMs === undefined || freeUntilMs === conversation.freeUntilMs) return conversation
  return { ...conversation, freeUntilMs }
}

/** Somebody answered elsewhere, on the phone for instance, and at that time had seen what was there. */
function afterEcho(next: Conversation, message: Message): Conversation {
  const isNewest = next.lastReply === null || message.sentAtMs >= next.lastReply.atMs
  const { lastInbound, waitingSinceMs } = next
  const isAnswer = waitingSinceMs !== null && message.sentAtMs >= waitingSinceMs
  const stillWaitingMs =
    lastInbound !== null && lastInbound.atMs > message.sentAtMs ? lastInbound.atMs : null
  return {
    ...(message.isStandby === true ? freedBy(next, message) : next),
    lastReply: isNewest ? markOf(message) : next.lastReply,
    waitingSinceMs: isAnswer ? stillWaitingMs : waitingSinceMs,
  }
}

export function markOf(message: Message): Mark {
  return {
    messageId: message.id,
    ord: message.ord,
    ...(message.wamid === undefined ? {} : { wamid: message.wamid }),
    ...(message.author?.kind === 'agent' && message.author.id !== undefined
      ? { authorId: message.author.id as UserId } // an agent's author id is a user id
      : {}),
    ...(message.author === undefined ? {} : { authorName: message.author.name }),
    atMs: message.sentAtMs,
  }
}

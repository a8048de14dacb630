/**
 * The shapes of the HTTP interface and how rows become them: ISO times outside, milliseconds inside. People script
 * against these; a member may come, none may go.
 */
import Type, { type Static } from 'typebox'
import { ConversationStatus, Priority, type Conversation } from '../../core/domain/conversation.ts'
import { Location, Media, MessageType, SendError, TemplateUse } from '../../core/domain/message.ts'
import { Activity, Author, Price, type Message } from '../../core/domain/message.ts'
import { Interactive } from '../../core/domain/interactive.ts'
import {
  contactName,
  unreadOf,
  type Contact,
  type OwnNumber,
  type ReadMark,
} from '../../core/domain/people.ts'
import { MessageStatus } from '../../core/domain/status.ts'
import { present } from '../../core/lib/present.ts'

export const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
export const Time = Type.String({ format: 'date-time' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const ContactRef = Type.Object({
  id: Type.String(),
  name: Type.String(),
  username: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
})

export const ContactShape = Type.Object({
  ...ContactRef.properties,
  language: Type.Optional(Type.String()),
  marketing: Type.Optional(Type.Object({ value: Type.Enum(['stop', 'resume']), at: Time })),
  namedBy: Type.Optional(Type.Enum(['contact', 'colleague'])),
  /** Contacts that WhatsApp calls by the same id or number: a colleague has to look. */
  conflicts: Type.Optional(
    Type.Array(
      Type.Object({
        contactId: Type.String(),
        kind: Type.Enum(['user-id', 'phone', 'parent-user-id']),
        value: Type.String(),
        at: Time,
      }),
    ),
  ),
  /** The contact that stands for this one. */
  mergedInto: Type.Optional(Type.String()),
  /** Contacts this one stands for. */
  includes: Type.Optional(Type.Array(Type.String())),
  createdAt: Time,
})

export const ConversationShape = Type.Object({
  id: Type.String(),
  numberId: Type.String(),
  contact: ContactRef,
  status: ConversationStatus,
  assigneeId: Nullable(Type.String()),
  teamId: Nullable(Type.String()),
  labels: Type.Array(Type.String(), { description: 'Ids, by name: see /api/v1/labels' }),
  priority: Priority,
  snoozedUntil: Nullable(Time),
  /** For who asks: what the contact wrote since they last looked. */
  unread: Type.Integer(),
  lastMessage: Nullable(
    Type.Object({
      id: Type.String(),
      direction: Type.Enum(['in', 'out', 'note', 'system']),
      type: MessageType,
      text: Type.Optional(Type.String()),
      authorName: Type.Optional(Type.String()),
      status: MessageStatus,
      at: Time,
    }),
  ),
  windowExpiresAt: Nullable(Time),
  waitingSince: Nullable(Time),
  openedAt: Time,
  resolvedAt: Nullable(Time),
  updatedAt: Time,
})

const optionalTime = Type.Optional(Time)
export const MessageShape = Type.Object({
  id: Type.String(),
  conversationId: Type.String(),
  wamid: Type.Optional(Type.String()),
  direction: Type.Enum(['in', 'out', 'note', 'system']),
  type: MessageType,
  text: Type.Optional(Type.String()),
  hasPreview: Type.Optional(Type.Boolean()),
  media: Type.Optional(Media),
  location: Type.Optional(Location),
  contacts: Type.Optional(Type.Array(Type.Unknown())),
  order: Type.Optional(Type.Unknown()),
  choice: Type.Optional(Type.Unknown()),
  template: Type.Optional(TemplateUse),
  interactive: Type.Optional(Interactive),
  reaction: Type.Optional(Type.Unknown()),
  activity: Type.Optional(
    Type.Object({ ...Type.Omit(Activity, ['untilMs']).properties, until: Type.Optional(Time) }),
  ),
  raw: Type.Optional(Type.Unknown()),
  status: MessageStatus,
  statusAt: Type.Object({
    queued: optionalTime,
    accepted: optionalTime,
    sent: optionalTime,
    delivered: optionalTime,
    read: optionalTime,
    played: optionalTime,
    failed: optionalTime,
    uncertain: optionalTime,
  }),
  error: Type.Optional(SendError),
  author: Type.Optional(Author),
  replyTo: Type.Optional(
    Type.Object({ messageId: Type.Optional(Type.String()), wamid: Type.Optional(Type.String()) }),
  ),
  reactions: Type.Array(Type.Object({ emoji: Type.String(), author: Author })),
  price: Type.Optional(Price),
  isForwarded: Type.Optional(Type.Boolean()),
  referral: Type.Optional(Type.Unknown()),
  previousTexts: Type.Optional(Type.Array(Type.String())),
  editedAt: optionalTime,
  deletedAt: optionalTime,
  resendOf: Type.Optional(Type.String()),
  /** It leaves then. */
  sendAt: optionalTime,
  sentAt: Time,
  receivedAt: Time,
})

export const NumberShape = Type.Object({
  id: Type.String(),
  phoneNumberId: Type.String(),
  accountId: Type.Optional(Type.String()),
  displayPhone: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  isOfficial: Type.Optional(Type.Boolean()),
  /** What WhatsApp says of it, in WhatsApp's words. */
  status: Type.Optional(Type.String()),
  quality: Type.Optional(Type.String()),
  messagingLimit: Type.Optional(Type.String()),
  throughput: Type.Optional(Type.String()),
  nameStatus: Type.Optional(Type.String()),
  requestedName: Type.Optional(Type.String()),
  isPinEnabled: Type.Optional(Type.Boolean()),
  username: Type.Optional(Type.String()),
  health: Type.Enum(['ok', 'error', 'paused']),
  /** WhatsApp's error code. */
  healthReason: Type.Optional(Type.String()),
  /** When WhatsApp last called about this number, to a few seconds; null: never yet. */
  lastWebhookAt: Nullable(Time),
})

export function showContactRef(contact: Contact): Static<typeof ContactRef> {
  const { id, username, phone, userId } = contact
  return { id, name: contactName(contact), ...present({ username, phone, userId }) }
}

export function showContact(contact: Contact): Static<typeof ContactShape> {
  const { language, marketing, createdAtMs, namedBy, mergedInto, includes } = contact
  const conflicts = contact.conflicts?.map(({ atMs, ...one }) => ({ ...one, at: iso(atMs) }))
  return {
    ...showContactRef(contact),
    ...present({ language, namedBy, conflicts, mergedInto, includes }),
    ...(marketing === undefined
      ? {}
      : { marketing: { value: marketing.value, at: iso(marketing.atMs) } }),
    createdAt: iso(createdAtMs),
  }
}

/**
 * @param labels ids of those in use that it has
 * @param mark how far the asking person has read
 */
export function showConversation(
  conversation: Conversation,
  contact: Contact,
  labels: readonly string[],
  mark: ReadMark | null,
): Static<typeof ConversationShape> {
  const { id, numberId, status, assigneeId, teamId, priority, lastMessage } = conversation
  return {
    id,
    numberId,
    contact: showContactRef(contact),
    status,
    assigneeId,
    teamId,
    labels: [...labels],
    priority,
    snoozedUntil: isoOrNull(conversation.snoozedUntilMs),
    unread: unreadOf(conversation.inboundCount, mark),
    lastMessage: lastMessage && {
      id: lastMessage.messageId,
      direction: lastMessage.direction,
      type: lastMessage.type,
      ...present({ text: lastMessage.text, authorName: lastMessage.authorName }),
      status: lastMessage.status,
      at: iso(lastMessage.atMs),
    },
    windowExpiresAt: isoOrNull(conversation.windowExpiresAtMs),
    waitingSince: isoOrNull(conversation.waitingSinceMs),
    openedAt: iso(conversation.openedAtMs),
    resolvedAt: isoOrNull(conversation.resolvedAtMs),
    updatedAt: iso(conversation.updatedAtMs),
  }
}

function showActivity({ untilMs, ...activity }: Activity) {
  return { ...activity, ...present({ until: isoOrMissing(untilMs) }) }
}

export function showMessage(message: Message): Static<typeof MessageShape> {
  const { id, conversationId, direction, type, status, statusAt, reactions } = message
  const { wamid, text, media, location, order, choice, template, reaction, activity } = message
  const { raw, error, author, replyTo, price, isForwarded, referral, previousTexts } = message
  const { editedAtMs, deletedAtMs, resendOf, sendAtMs, interactive, hasPreview } = message
  const about = { location, contacts: message.cards, order, choice, template, reaction }
  const happened = activity && showActivity(activity)
  return {
    id,
    conversationId,
    direction,
    type,
    ...present({ wamid, text, media, ...about, activity: happened }),
    ...present({ raw, error, author, replyTo, price }),
    ...present({ isForwarded, referral, previousTexts, resendOf, interactive, hasPreview }),
    ...present({ sendAt: isoOrMissing(sendAtMs) }),
    ...present({ editedAt: isoOrMissing(editedAtMs), deletedAt: isoOrMissing(deletedAtMs) }),
    status,
    statusAt: Object.fromEntries(Object.entries(statusAt).map(([step, at]) => [step, iso(at)])),
    reactions: reactions.map(({ emoji, author }) => ({ emoji, author })),
    sentAt: iso(message.sentAtMs),
    receivedAt: iso(message.receivedAtMs),
  }
}

export function showNumber(number: OwnNumber, heardAt: Date | null): Static<typeof NumberShape> {
  const { id, phoneNumberId, accountId, displayPhone, name, isOfficial } = number
  const { health, healthReason, status, quality, messagingLimit, throughput } = number
  const { nameStatus, requestedName, isPinEnabled, username } = number
  const known = present({ accountId, displayPhone, name, isOfficial, healthReason })
  const state = present({ status, quality, messagingLimit, throughput, isPinEnabled })
  const naming = present({ nameStatus, requestedName, username })
  const lastWebhookAt = heardAt?.toISOString() ?? null
  return { id, phoneNumberId, health, ...known, ...state, ...naming, lastWebhookAt }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : iso(atMs)
}

function isoOrMissing(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : iso(atMs)
}

import Type, { type Static } from 'typebox'
import { ContactId, ConversationId, NumberId, TeamId, UserId } from './ids.ts'
import { AtMs } from './time.ts'
import { numberTruth } from './verification.ts'

export const Role = Type.Enum(['agent', 'supervisor', 'administrator'])
export type Role = Static<typeof Role>

/**
 * Which conversations an agent sees: all there are, those of their own teams and of no team, or only those assigned to
 * them. Supervisors and administrators see all.
 */
export const Sees = Type.Enum(['all', 'teams', 'assigned'], {
  description:
    'Which conversations an agent sees: all, those of their teams and of no team, or only those assigned to them',
})
export type Sees = Static<typeof Sees>

/** A colleague, as colleagues see each other. Passwords and sessions are elsewhere and never replicated. */
export const User = Type.Object({
  id: UserId,
  name: Type.String(),
  email: Type.String(),
  role: Role,
  teamIds: Type.Array(TeamId),
  /** All, when absent. What is assigned to somebody they see in any case. */
  sees: Type.Optional(Sees),
  isActive: Type.Boolean(),
})
export type User = Static<typeof User>

export const Team = Type.Object({
  id: TeamId,
  name: Type.String(),
  /** Out of use: shown where threads name it, offered nowhere. */
  isArchived: Type.Optional(Type.Boolean()),
})
export type Team = Static<typeof Team>

/** Members of a row that a merge changed, as they were and as it left them; absent ones were absent. */
export const Changed = Type.Object({
  before: Type.Record(Type.String(), Type.Unknown()),
  after: Type.Record(Type.String(), Type.Unknown()),
})
export type Changed = Static<typeof Changed>

/** What merging a contact did, so that it can be taken back. */
export const Merge = Type.Object({
  atMs: AtMs,
  /** The colleague who did it, by name. */
  by: Type.String(),
  contact: Changed,
  /** The contact's conversations: handed over, or hidden behind `into`, which was changed like this. */
  conversations: Type.Array(
    Type.Object({
      id: ConversationId,
      into: Type.Optional(Type.Object({ id: ConversationId, changed: Changed })),
    }),
  ),
})
export type Merge = Static<typeof Merge>

/** A person outside. Any of phone, user id and user name may be missing: none of them is the identity, `id` is. */
export const Contact = Type.Object({
  id: ContactId,
  /** What the contact calls themselves on WhatsApp, or what a colleague wrote. */
  name: Type.Optional(Type.String()),
  /** Who wrote the name: a colleague's stays, whatever the contact calls themselves. */
  namedBy: Type.Optional(Type.Enum(['contact', 'colleague'])),
  /** The colleague who last wrote it. */
  namedById: Type.Optional(UserId),
  /** Without the leading `@`. */
  username: Type.Optional(Type.String()),
  /** E.164 with the plus. */
  phone: Type.Optional(Type.String()),
  /** Business-scoped user id, such as `DE.1029`. */
  userId: Type.Optional(Type.String()),
  language: Type.Optional(Type.String()),
  /** What the contact told WhatsApp about marketing messages from us. */
  marketing: Type.Optional(Type.Object({ value: Type.Enum(['stop', 'resume']), atMs: AtMs })),
  /** Who else WhatsApp says this may be: named by the same id or number. Nobody is merged but by a person. */
  conflicts: Type.Optional(
    Type.Array(
      Type.Object({
        contactId: ContactId,
        kind: Type.Enum(['user-id', 'phone', 'parent-user-id']),
        value: Type.String(),
        atMs: AtMs,
      }),
    ),
  ),
  /** A person found that this is somebody else we know: that contact stands for both. */
  mergedInto: Type.Optional(ContactId),
  /** How that came about; there while `mergedInto` is. */
  merge: Type.Optional(Merge),
  /** Contacts that were merged into this one, the latest last. */
  includes: Type.Optional(Type.Array(ContactId)),
  /** Contacts a colleague knows to be somebody else, whatever WhatsApp says. */
  distinctFrom: Type.Optional(Type.Array(ContactId)),
  createdAtMs: AtMs,
})
export type Contact = Static<typeof Contact>

/** The name to show: profile name, then user name, then number, then the end of the WhatsApp id. */
export function contactName(contact: Contact): string {
  if (contact.name !== undefined && contact.name !== '') return contact.name
  if (contact.username !== undefined) return `@${contact.username}`
  if (contact.phone !== undefined) return contact.phone
  return contact.userId === undefined ? 'WhatsApp' : `WhatsApp-ID …${contact.userId.slice(-4)}`
}

/** One of the firm's own numbers. */
export const OwnNumber = Type.Object({
  id: NumberId,
  /** Meta's id of the number. */
  phoneNumberId: Type.String(),
  /** Meta's id of the WhatsApp Business account it belongs to. */
  accountId: Type.Optional(Type.String()),
  displayPhone: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  isOfficial: Type.Optional(Type.Boolean()),
  /** What WhatsApp says of it, in WhatsApp's words. @see facts 6.2 to 6.4 and 7.1 */
  status: Type.Optional(Type.String()),
  quality: Type.Optional(Type.String()),
  messagingLimit: Type.Optional(Type.String()),
  throughput: Type.Optional(Type.String()),
  nameStatus: Type.Optional(Type.String()),
  /** A display name that WhatsApp has not approved. */
  requestedName: Type.Optional(Type.String()),
  /** It is in the WhatsApp Business app as well, which makes it slower. */
  isOnBizApp: Type.Optional(Type.Boolean()),
  isPinEnabled: Type.Optional(Type.Boolean()),
  /** Without the leading `@`. */
  username: Type.Optional(Type.String()),
  /** `error` when WhatsApp said this number cannot send; `paused` when its token was refused. */
  health: Type.Enum(['ok', 'error', 'paused']),
  healthReason: Type.Optional(Type.String()),
  ...numberTruth,
})
export type OwnNumber = Static<typeof OwnNumber>

/** How far one person has read one conversation: `inbound` of its `inboundCount`. Its id is both ids joined. */
export const ReadMark = Type.Object({
  id: Type.String(),
  userId: UserId,
  conversationId: ConversationId,
  inbound: Type.Integer({ minimum: 0 }),
  /** How often the person marked it unread. */
  version: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Marked unread, and not opened since. */
  isUnread: Type.Optional(Type.Boolean()),
})
export type ReadMark = Static<typeof ReadMark>

export function readMarkId(userId: UserId, conversationId: ConversationId): string {
  return `${userId}:${conversationId}`
}

/** How often the contact did something the person has not seen; at least once where they marked it unread. */
export function unreadOf(inboundCount: number, mark: ReadMark | null | undefined): number {
  const unseen = Math.max(0, inboundCount - (mark?.inbound ?? 0))
  return mark?.isUnread === true ? Math.max(1, unseen) : unseen
}

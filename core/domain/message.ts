import Type, { type Static } from 'typebox'
import {
  ContactId,
  ConversationId,
  MediaId,
  MessageId,
  NumberId,
  TemplateId,
  UserId,
} from './ids.ts'
import { Interactive } from './interactive.ts'
import { MessageStatus } from './status.ts'
import { AtMs } from './time.ts'

/** Who stands behind a message: one of us, the contact, a rule, or Kontor itself. `name` is as it was then. */
export const Author = Type.Object({
  kind: Type.Enum(['agent', 'contact', 'automation', 'system']),
  id: Type.Optional(Type.String()),
  name: Type.String(),
})
export type Author = Static<typeof Author>

/** A file in a message. `pending` until the server holds its bytes; `failed` when WhatsApp no longer gives them. */
export const Media = Type.Object({
  id: MediaId,
  mime: Type.String(),
  sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  fileName: Type.Optional(Type.String()),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  durationMs: Type.Optional(Type.Integer()),
  isVoice: Type.Optional(Type.Boolean()),
  /** Of Opus sound that we uploaded: WhatsApp takes voice notes with one only. */
  channels: Type.Optional(Type.Integer({ minimum: 1 })),
  state: Type.Enum(['pending', 'ready', 'failed']),
})
export type Media = Static<typeof Media>

export const Location = Type.Object({
  latitude: Type.Number(),
  longitude: Type.Number(),
  name: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
})
export type Location = Static<typeof Location>

/** One emoji by one person on one message; a person has at most one. */
export const Reaction = Type.Object({ emoji: Type.String(), author: Author, messageId: MessageId })
export type Reaction = Static<typeof Reaction>

/** Values for placeholders: by name, or in order for positional ones. */
export const TemplateParams = Type.Union([
  Type.Record(Type.String(), Type.String()),
  Type.Array(Type.String()),
])
export type TemplateParams = Static<typeof TemplateParams>

/** What stands in for a template's variable header. */
export const TemplateHeader = Type.Union([
  Type.Object({ type: Type.Literal('text'), params: TemplateParams }),
  Type.Object({ type: Type.Enum(['image', 'video', 'document']), media: Media }),
  Type.Object({ type: Type.Literal('location'), location: Location }),
])
export type TemplateHeader = Static<typeof TemplateHeader>

/** What is filled into a template's button: the end of its address, its payload, its code or its flow token. */
export const ButtonValue = Type.Object({
  /** Which of the template's buttons, from 0. */
  index: Type.Integer({ minimum: 0, maximum: 9 }),
  value: Type.String({ minLength: 1, maxLength: 2000 }),
})
export type ButtonValue = Static<typeof ButtonValue>

/** What is filled into one card of a carousel. Cards are given in the template's order, none left out. */
export const CardValues = Type.Object({
  header: Type.Optional(TemplateHeader),
  params: Type.Optional(TemplateParams),
  buttons: Type.Optional(Type.Array(ButtonValue, { maxItems: 2 })),
})
export type CardValues = Static<typeof CardValues>

/** All that a person fills into a template. */
export const TemplateValues = Type.Object({
  params: TemplateParams,
  header: Type.Optional(TemplateHeader),
  buttons: Type.Optional(Type.Array(ButtonValue, { maxItems: 10 })),
  cards: Type.Optional(Type.Array(CardValues, { maxItems: 10 })),
})
export type TemplateValues = Static<typeof TemplateValues>

/** A button that left with a value, and WhatsApp's word for its kind, such as `URL`. */
export const TemplateButton = Type.Object({ ...ButtonValue.properties, type: Type.String() })
export type TemplateButton = Static<typeof TemplateButton>

/** What a template message carried when it left, and how it looked to the contact. */
export const TemplateUse = Type.Object({
  /** Absent for one that came with the past. */
  id: Type.Optional(TemplateId),
  name: Type.String(),
  language: Type.String(),
  /** WhatsApp's word as it was then. */
  category: Type.Optional(Type.String()),
  params: TemplateParams,
  header: Type.Optional(TemplateHeader),
  buttons: Type.Optional(Type.Array(TemplateButton)),
  cards: Type.Optional(
    Type.Array(
      Type.Object({
        header: Type.Optional(TemplateHeader),
        params: Type.Optional(TemplateParams),
        buttons: Type.Optional(Type.Array(TemplateButton)),
      }),
    ),
  ),
  /** As it looked, filled, besides its body, which is the message's text. A template may change later. */
  shown: Type.Optional(
    Type.Object({
      header: Type.Optional(Type.String()),
      footer: Type.Optional(Type.String()),
      buttons: Type.Array(Type.String()),
      cards: Type.Optional(
        Type.Array(Type.Object({ text: Type.String(), buttons: Type.Array(Type.String()) })),
      ),
    }),
  ),
})
export type TemplateUse = Static<typeof TemplateUse>

/** A line in the thread that no customer sees: who did what to the conversation. */
export const Activity = Type.Object({
  kind: Type.Enum([
    'conversation-assigned',
    'conversation-resolved',
    'conversation-reopened',
    'conversation-snoozed',
    'conversation-returned',
    'priority-changed',
    'contact-renamed',
    'number-changed',
    'user-id-changed',
    'identity-changed',
    'call',
    'welcome-requested',
    'history-imported',
    'note',
    'control-changed',
    'contact-merged',
    'contact-unmerged',
  ]),
  /** The person or value it happened to, as shown then. */
  to: Type.Optional(Type.String()),
  toUserId: Type.Optional(UserId),
  from: Type.Optional(Type.String()),
  /** Who had written the value it had before. */
  by: Type.Optional(Type.String()),
  /** Until when it was snoozed; absent when until the contact writes. */
  untilMs: Type.Optional(AtMs),
  /** Of a call: how it ended, as far as WhatsApp said, and how long it was. */
  call: Type.Optional(
    Type.Object({
      state: Type.Enum(['ringing', 'answered', 'missed', 'rejected', 'failed', 'ended']),
      durationMs: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
  ),
})
export type Activity = Static<typeof Activity>

/** Why WhatsApp (or we) did not deliver. `code` is Meta's where it has one. */
export const SendError = Type.Object({
  code: Type.Union([Type.Integer(), Type.String()]),
  title: Type.String(),
  details: Type.Optional(Type.String()),
  href: Type.Optional(Type.String()),
  traceId: Type.Optional(Type.String()),
})
export type SendError = Static<typeof SendError>

/** `pricing` of a status webhook, kept per message. */
export const Price = Type.Object({
  category: Type.String(),
  billable: Type.Boolean(),
  model: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  amountMicros: Type.Optional(Type.Integer()),
  currency: Type.Optional(Type.String()),
})
export type Price = Static<typeof Price>

/** When each step was reached, in WhatsApp's time where WhatsApp said so. */
export const StatusTimes = Type.Partial(
  Type.Object({
    queued: AtMs,
    accepted: AtMs,
    sent: AtMs,
    delivered: AtMs,
    read: AtMs,
    played: AtMs,
    failed: AtMs,
    uncertain: AtMs,
  }),
)
export type StatusTimes = Static<typeof StatusTimes>

export const MessageType = Type.Enum([
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'order',
  'interactive',
  'button',
  'template',
  'reaction',
  'note',
  'activity',
  'unsupported',
])
export type MessageType = Static<typeof MessageType>

/**
 * One entry of a conversation: from the contact (`in`), to the contact (`out`), for colleagues (`note`),
 * or what happened (`system`). `reaction` messages are kept for their status and never drawn as a bubble:
 * their effect is in `reactions` of the message they point at.
 */
export const Message = Type.Object({
  id: MessageId,
  conversationId: ConversationId,
  numberId: NumberId,
  /** Order of arrival in the conversation: dense, from 1. Drives paging and what counts as newer. */
  ord: Type.Integer({ minimum: 0 }),
  /** Meta's id; absent until WhatsApp accepted an outgoing message. */
  wamid: Type.Optional(Type.String()),
  direction: Type.Enum(['in', 'out', 'note', 'system']),
  type: MessageType,
  /** Plain text of a text message or note, caption of media, title of a choice. */
  text: Type.Optional(Type.String()),
  /** False: its first address is shown without a preview. */
  hasPreview: Type.Optional(Type.Boolean()),
  media: Type.Optional(Media),
  location: Type.Optional(Location),
  /** Contact cards, as WhatsApp sent them or as we send them (core/domain/card.ts). */
  cards: Type.Optional(Type.Array(Type.Unknown())),
  order: Type.Optional(Type.Unknown()),
  /** Reply to buttons, a list or a flow: `id` is what the firm's systems defined. */
  choice: Type.Optional(
    Type.Object({
      kind: Type.String(),
      id: Type.Optional(Type.String()),
      description: Type.Optional(Type.String()),
      response: Type.Optional(Type.String()),
    }),
  ),
  template: Type.Optional(TemplateUse),
  /** Buttons, a list or another thing to tap that we sent. */
  interactive: Type.Optional(Interactive),
  reaction: Type.Optional(
    Type.Object({
      messageId: Type.Optional(MessageId),
      wamid: Type.Optional(Type.String()),
      emoji: Type.String(),
    }),
  ),
  activity: Type.Optional(Activity),
  /** The part of the webhook that Kontor does not know yet. */
  raw: Type.Optional(Type.Unknown()),
  status: MessageStatus,
  statusAt: StatusTimes,
  error: Type.Optional(SendError),
  author: Type.Optional(Author),
  /** The quoted message: ours where we know it, else only Meta's id. */
  replyTo: Type.Optional(
    Type.Object({ messageId: Type.Optional(MessageId), wamid: Type.Optional(Type.String()) }),
  ),
  reactions: Type.Array(Reaction),
  price: Type.Optional(Price),
  isForwarded: Type.Optional(Type.Boolean()),
  referral: Type.Optional(Type.Unknown()),
  /** What stood here before the contact changed it, or its author a note, oldest first. */
  previousTexts: Type.Optional(Type.Array(Type.String())),
  editedAtMs: Type.Optional(AtMs),
  /** Nothing of it is shown; of a note nothing is left. */
  deletedAtMs: Type.Optional(AtMs),
  /** Who deleted a note that was not theirs. */
  deletedBy: Type.Optional(Type.String()),
  /** Of a note: raised by every edit and deletion, so that one can tell what it was made on top of. */
  revision: Type.Optional(Type.Integer({ minimum: 0 })),
  /** The newest text was written without knowing of the one before it. */
  isEditedAtOnce: Type.Optional(Type.Boolean()),
  /** The message this one repeats after an uncertain or failed try. */
  resendOf: Type.Optional(MessageId),
  /** True for what came from the past (history import): no unread, no window. */
  isHistory: Type.Optional(Type.Boolean()),
  /** A copy of what another app of the firm answers: shown, never answered here. */
  isStandby: Type.Optional(Type.Boolean()),
  contactId: Type.Optional(ContactId),
  /** Leaves behind what people and rules write: a notice of the firm's systems, or one of many. Absent: by its author. */
  lane: Type.Optional(Type.Enum(['notice', 'bulk'])),
  /** Does not leave before. */
  sendAtMs: Type.Optional(AtMs),
  /** Does not leave after: what it says is no longer of use then. */
  expiresAtMs: Type.Optional(AtMs),
  /** WhatsApp's own time for what came in; the time of writing for what goes out. */
  sentAtMs: AtMs,
  /** When our server first had it. */
  receivedAtMs: AtMs,
})
export type Message = Static<typeof Message>

/** The order on screen: WhatsApp's second, inbound before outbound on a tie, then arrival. */
export function compareShown(a: Message, b: Message): number {
  return comparePlaces(a, b) || a.ord - b.ord
}

/** The same for messages of several conversations, whose own counts say nothing of each other. */
export function compareMixed(a: Message, b: Message): number {
  return (
    comparePlaces(a, b) ||
    a.receivedAtMs - b.receivedAtMs ||
    a.ord - b.ord ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  )
}

function comparePlaces(a: Message, b: Message): number {
  const second = Math.floor(a.sentAtMs / 1000) - Math.floor(b.sentAtMs / 1000)
  return second || Number(a.direction !== 'in') - Number(b.direction !== 'in')
}

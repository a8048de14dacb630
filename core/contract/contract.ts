import Type, { type Static } from 'typebox'
import { Priority } from '../domain/conversation.ts'
import {
  ContactId,
  ConversationId,
  LabelId,
  MediaId,
  MessageId,
  MutationId,
  NumberId,
  TeamId,
  UserId,
} from '../domain/ids.ts'
import { changeKinds } from '../domain/ledger.ts'
import { Keep } from '../domain/merge.ts'
import type { Media } from '../domain/message.ts'
import { NumberDeed } from '../domain/number-deed.ts'
import type { Contact } from '../domain/people.ts'
import { SnoozeUntil } from '../domain/snooze.ts'
import { AtMs } from '../domain/time.ts'
import { Body } from '../mutators/body.ts'
import { draftMethods } from './draft.ts'
import { labelMethods } from './labels.ts'
import { Bytes, method } from './method.ts'
import { presenceMethods } from './presence.ts'
import type {
  AppState,
  ContactComparison,
  DeliveredCall,
  Directory,
  InboxPage,
  LinkState,
  MediaBytes,
  RefusalView,
  SearchAnswer,
  ServerInfo,
  Settings,
  StuckMessage,
  TemplateOffer,
  ThreadPage,
  VerificationHistory,
  VerificationOverview,
  ViewCount,
} from './views.ts'

const Nothing = Type.Object({})
const View = Type.Union([
  Type.Object({
    kind: Type.Enum(['mine', 'snoozed', 'unassigned', 'open', 'waiting', 'resolved', 'drafts']),
  }),
  Type.Object({ kind: Type.Literal('team'), teamId: TeamId }),
  Type.Object({ kind: Type.Literal('label'), labelId: LabelId }),
])
/** Where the page before ended. */
const Cursor = Type.Optional(Type.String({ maxLength: 200 }))
const Password = Type.String({ minLength: 1, maxLength: 1024 })

/** Everything the window can ask its host. A new feature is one line here and one handler in the host. */
export const methods = {
  'app.state': method(Nothing).answers<AppState>(),
  'session.check': method(
    Type.Object({ serverUrl: Type.String({ maxLength: 2048 }) }),
  ).answers<ServerInfo>(),
  'session.sign-in': method(
    Type.Object({
      serverUrl: Type.String({ maxLength: 2048 }),
      email: Type.String({ maxLength: 320 }),
      password: Password,
    }),
  ).answers<AppState>(),
  /** First administrator, with the token of the set-up link the server printed. */
  'session.set-up': method(
    Type.Object({
      serverUrl: Type.String({ maxLength: 2048 }),
      token: Type.String({ maxLength: 256 }),
      name: Type.String({ minLength: 1, maxLength: 120 }),
      email: Type.String({ maxLength: 320 }),
      password: Password,
    }),
  ).answers<AppState>(),
  /** Keeps nothing here but work that is not finished; and that only for the person themself. */
  'session.sign-out': method(Nothing).answers<AppState>(),
  /** How much of the person's own is on this machine alone: what waits, refusals not decided about, drafts. */
  'session.unfinished': method(Nothing).answers<number>(),
  'link.state': method(Nothing).answers<LinkState>(),
  /** Tries now instead of when the back-off ends. */
  'link.retry': method(Nothing).answers<null>(),
  'settings.get': method(Nothing).answers<Settings>(),
  'settings.set': method(
    Type.Object({
      language: Type.Optional(Type.Enum(['de', 'en'])),
      theme: Type.Optional(Type.Enum(['system', 'light', 'dark'])),
    }),
  ).answers<Settings>(),
  'directory.all': method(Nothing).answers<Directory>(),
  'inbox.views': method(Nothing).answers<ViewCount[]>(),
  'inbox.page': method(
    Type.Object({ view: View, limit: Type.Integer({ minimum: 1, maximum: 2000 }) }),
  ).answers<InboxPage>(),
  'thread.page': method(
    Type.Object({
      conversationId: ConversationId,
      limit: Type.Integer({ minimum: 1, maximum: 500 }),
      /** Only messages before this one; without it, the newest. */
      before: Type.Optional(MessageId),
      /** Waits for what only the server has, where this machine holds fewer than `limit`. */
      isDeep: Type.Optional(Type.Boolean()),
    }),
  ).answers<ThreadPage>(),
  'conversation.assign': method(
    Type.Object({
      conversationId: ConversationId,
      toUserId: Type.Union([UserId, Type.Null()]),
      baseVersion: Type.Integer(),
    }),
  ).answers<null>(),
  'conversation.move': method(
    Type.Object({ conversationId: ConversationId, teamId: Type.Union([TeamId, Type.Null()]) }),
  ).answers<null>(),
  'conversation.resolve': method(
    Type.Object({ conversationId: ConversationId, basedOn: Type.Union([MessageId, Type.Null()]) }),
  ).answers<null>(),
  'conversation.reopen': method(Type.Object({ conversationId: ConversationId })).answers<null>(),
  'conversation.snooze': method(
    Type.Object({
      conversationId: ConversationId,
      until: SnoozeUntil,
      basedOn: Type.Union([MessageId, Type.Null()]),
    }),
  ).answers<null>(),
  /**
   * The conversation of one of our numbers with a phone, with whoever has it; both are made when they are new. Asks the
   * server, so it fails with `offline` without one. Its first message has to be a template.
   */
  'conversation.start': method(
    Type.Object({
      numberId: NumberId,
      /** As typed; with the country's code. */
      phone: Type.String({ minLength: 1, maxLength: 40 }),
      name: Type.Optional(Type.String({ maxLength: 200 })),
    }),
  ).answers<{ conversationId: ConversationId }>(),
  /**
   * The person is writing a reply: the contact sees it for 25 seconds, and that their messages were read. To be called
   * at most every 20 seconds, and only while a person types. Never fails for what lies beyond this machine.
   */
  'conversation.typing': method(Type.Object({ conversationId: ConversationId })).answers<null>(),
  /** The templates of the conversation's account, those for this contact first. */
  'template.list': method(Type.Object({ conversationId: ConversationId })).answers<
    TemplateOffer[]
  >(),
  /** `version`: `readVersion` of the thread when it was opened. */
  'conversation.read': method(
    Type.Object({
      conversationId: ConversationId,
      inbound: Type.Integer({ minimum: 0 }),
      version: Type.Integer({ minimum: 0 }),
    }),
  ).answers<null>(),
  /** Until the person opens it again. */
  'conversation.mark-unread': method(
    Type.Object({ conversationId: ConversationId }),
  ).answers<null>(),
  'conversation.set-priority': method(
    Type.Object({
      conversationId: ConversationId,
      priority: Priority,
      /** What the screen showed. */
      baseValue: Priority,
    }),
  ).answers<null>(),
  /** Both contacts side by side, for the colleague who decides whether they are one person. */
  'contact.compare': method(
    Type.Object({ contactId: ContactId, otherId: ContactId }),
  ).answers<ContactComparison>(),
  /** The contacts that were merged into this one, the latest last; that one can be taken back. */
  'contact.merged': method(Type.Object({ contactId: ContactId })).answers<Contact[]>(),
  /** `into` stands for both from then on; what `keep` does not name is kept of `into`, where it has it. */
  'contact.merge': method(
    Type.Object({ from: ContactId, into: ContactId, keep: Keep }),
  ).answers<null>(),
  /** Takes back that this contact was merged into another. */
  'contact.unmerge': method(Type.Object({ contactId: ContactId })).answers<null>(),
  /** They are two people: the doubt goes, and does not come back. */
  'contact.dismiss-conflict': method(
    Type.Object({ contactId: ContactId, otherId: ContactId }),
  ).answers<null>(),
  /** An empty name gives the contact's own word back its place, from its next message on. */
  'contact.rename': method(
    Type.Object({ contactId: ContactId, name: Type.String({ maxLength: 200 }) }),
  ).answers<null>(),
  /** Answers once the message is safe on this machine ("saved here"). */
  'message.send': method(
    Type.Object({
      conversationId: ConversationId,
      body: Body,
      replyTo: Type.Optional(MessageId),
      basedOn: Type.Union([MessageId, Type.Null()]),
      isAnyway: Type.Optional(Type.Boolean()),
      /** Server time at which it leaves; at once without it. */
      sendAtMs: Type.Optional(AtMs),
    }),
  ).answers<{ id: MessageId }>(),
  'message.react': method(
    Type.Object({
      conversationId: ConversationId,
      messageId: MessageId,
      emoji: Type.String({ maxLength: 64 }),
    }),
  ).answers<null>(),
  /** A failed or uncertain message once more, as a new one. */
  'message.resend': method(Type.Object({ messageId: MessageId })).answers<{ id: MessageId }>(),
  'message.dismiss': method(Type.Object({ messageId: MessageId })).answers<null>(),
  'note.add': method(
    Type.Object({
      conversationId: ConversationId,
      text: Type.String({ minLength: 1, maxLength: 4096 }),
    }),
  ).answers<{ id: MessageId }>(),
  /** `baseRevision`: the note's that the screen showed. */
  'note.edit': method(
    Type.Object({
      noteId: MessageId,
      conversationId: ConversationId,
      text: Type.String({ minLength: 1, maxLength: 4096 }),
      baseRevision: Type.Integer({ minimum: 0 }),
    }),
  ).answers<null>(),
  'note.delete': method(
    Type.Object({ noteId: MessageId, conversationId: ConversationId }),
  ).answers<null>(),
  ...draftMethods,
  'outbox.refusals': method(Nothing).answers<RefusalView[]>(),
  /** Does a refused deed after all: `isAnyway` for messages, the newest state for the rest. */
  'outbox.retry': method(Type.Object({ muid: MutationId })).answers<null>(),
  'outbox.discard': method(Type.Object({ muid: MutationId })).answers<null>(),
  /** In what this machine holds, with or without a server. An empty query finds nothing and gets the host ready. */
  'search.find': method(
    Type.Object({
      query: Type.String({ maxLength: 200 }),
      /** People and messages at most, each. */
      limit: Type.Integer({ minimum: 1, maximum: 500 }),
    }),
  ).answers<SearchAnswer>(),
  /**
   * Messages that failed, whose end nobody knows, or that wait for their template, newest first. For those who may read
   * the ledger; asks the server, as the next two do, so they fail with `offline` without one.
   */
  'delivery.stuck': method(Type.Object({ cursor: Cursor })).answers<{
    items: StuckMessage[]
    nextCursor: string | null
  }>(),
  /** WhatsApp's calls and what became of each part of them, newest first; `isFailed` for those nobody understood. */
  'delivery.calls': method(Type.Object({ isFailed: Type.Boolean(), cursor: Cursor })).answers<{
    items: DeliveredCall[]
    nextCursor: string | null
  }>(),
  /** Understands a call once more, for administrators. Doing it twice changes nothing. */
  'delivery.replay': method(
    Type.Object({ id: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }) }),
  ).answers<DeliveredCall>(),
  'media.read': method(
    Type.Object({ mediaId: MediaId, size: Type.Optional(Type.Enum(['thumbnail', 'original'])) }),
  ).answers<MediaBytes>(),
  /** Keeps a file on this machine, with or without a server. Answers once it is safe here; it goes up by itself. */
  'media.add': method(
    Type.Object({
      bytes: Bytes,
      mime: Type.String({ maxLength: 200 }),
      fileName: Type.Optional(Type.String({ maxLength: 240 })),
    }),
  ).answers<Media>(),
  /** It will not be sent after all. */
  'media.remove': method(Type.Object({ mediaId: MediaId })).answers<null>(),
  /** Every number with its ledger and advice, the worst first. From what this machine holds, so with or without a server. */
  'verification.overview': method(Nothing).answers<VerificationOverview>(),
  /** The timeline of a number, its account's and its templates' changes among it. Fails with `offline` without a server. */
  'verification.history': method(
    Type.Object({
      numberId: NumberId,
      kinds: Type.Optional(Type.Array(Type.Enum(changeKinds))),
      /** `next` of the page before. */
      before: Type.Optional(Type.String({ maxLength: 200 })),
      limit: Type.Integer({ minimum: 1, maximum: 200 }),
    }),
  ).answers<VerificationHistory>(),
  /** The whole timeline as a table for spreadsheets, in the console's language. */
  'verification.csv': method(
    Type.Object({
      numberId: NumberId,
      kinds: Type.Optional(Type.Array(Type.Enum(changeKinds))),
    }),
  ).answers<MediaBytes>(),
  /** Has the server ask WhatsApp now; answers when it has. */
  'verification.refresh': method(Nothing).answers<null>(),
  /**
   * A deed of an administrator's, done at WhatsApp before it answers. @throws AppError `whatsapp` with its `SendError`,
   * `conflict` when the confirmation is not the number
   */
  'verification.act': method(Type.Object({ numberId: NumberId, deed: NumberDeed })).answers<null>(),
  /** Has WhatsApp tell our app of the account's events, by Meta's id. */
  'verification.subscribe': method(
    Type.Object({ accountId: Type.String({ maxLength: 40 }) }),
  ).answers<null>(),
  ...presenceMethods,
  ...labelMethods,
} as const

/** Everything the host tells its window unasked: what changed, never what it changed to. The window asks again. */
export const signals = {
  'app.changed': Nothing,
  'link.changed': Nothing,
  'settings.changed': Nothing,
  'directory.changed': Nothing,
  'inbox.changed': Nothing,
  'thread.changed': Type.Object({ conversationId: ConversationId }),
  'draft.changed': Type.Object({ conversationId: ConversationId }),
  'outbox.changed': Nothing,
  'template.changed': Nothing,
  /** A number, an account, or what a check found. */
  'verification.changed': Nothing,
} as const

type Methods = typeof methods
export type MethodName = keyof Methods
export type Ask<K extends MethodName> = Static<Methods[K]['in']>
export type Output<K extends MethodName> = Methods[K]['out']
export type SignalName = keyof typeof signals
export type Signal<K extends SignalName> = Static<(typeof signals)[K]>

/** The host's side. Leaving a method out, or answering with the wrong shape, does not compile. */
export type Handlers = { [K in MethodName]: (input: Ask<K>) => Output<K> | Promise<Output<K>> }

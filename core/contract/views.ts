import type { Account } from '../domain/account.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Draft } from '../domain/draft.ts'
import type { ConversationId, MessageId, MutationId, NumberId } from '../domain/ids.ts'
import type { Label } from '../domain/label.ts'
import type { HistoryEntry, NumberView } from '../domain/ledger.ts'
import type { Message, SendError } from '../domain/message.ts'
import type { Contact, OwnNumber, Team, User } from '../domain/people.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { DraftVersion } from '../domain/shared-draft.ts'
import type { NotOffered, Template } from '../domain/template.ts'
import type { ErrorCode } from '../lib/errors.ts'

/** Where the console stands, for the one component that decides between sign-in and inbox. */
export type AppState = {
  host: 'desktop' | 'browser'
  /**
   * `server`: no server address yet (desktop only) · `sign-in` · `loading`: signed in, nothing held yet ·
   * `ready` · `ended`: the session is over, what is held stays readable and drafts are kept.
   */
  phase: 'server' | 'sign-in' | 'loading' | 'ready' | 'ended'
  serverUrl: string | null
  workspace: string | null
  user: User | null
  /** Set by IT: shown, not changed. */
  isServerManaged: boolean
}

/** What `/.well-known/kontor` says of a server. */
export type ServerInfo = { url: string; workspace: string; methods: string[]; needsSetup: boolean }

export type LinkState = {
  isOnline: boolean
  /** Everything the server had when we last heard of it is here. */
  isSynced: boolean
  /** Deeds and messages that wait for the server. */
  waiting: number
  /** When the replica last changed through the server; null when never. */
  syncedAtMs: number | null
  /** Server time minus this machine's, for countdowns. */
  clockOffsetMs: number
  /** Rows of a whole new copy that have come, of about how many; null when none is being fetched. */
  fetching: { rows: number; of: number } | null
}

export type Language = 'de' | 'en'
export type Theme = 'system' | 'light' | 'dark'
export type Settings = { language: Language; theme: Theme }

export type InboxView =
  | { kind: 'mine' | 'snoozed' | 'unassigned' | 'open' | 'waiting' | 'resolved' | 'drafts' }
  | { kind: 'team'; teamId: string }
  /** Open conversations with this label. */
  | { kind: 'label'; labelId: string }
export type ViewCount = { view: InboxView; count: number; unread: number }

/** What a person has begun to write, and what one of their machines wrote without knowing of it. */
export type DraftView = Draft & { other?: OtherDraft }
export type OtherDraft = Pick<
  DraftVersion,
  'version' | 'text' | 'mode' | 'device' | 'writtenAtMs'
> & {
  /** This machine wrote it. */
  isOwn: boolean
}

/** A row of the conversation list. */
export type InboxRow = {
  conversation: Conversation
  contact: Contact
  unread: number
  draft: Draft | null
}
export type InboxPage = { rows: InboxRow[]; total: number }

/** A conversation on screen, messages in the order shown, oldest first. */
export type ThreadPage = {
  conversation: Conversation
  contact: Contact
  number: OwnNumber
  messages: Message[]
  /** Ids in `messages` that only this machine knows so far ("saved here", not yet "on server"). */
  local: string[]
  /** By id of messages whose file is here and not yet at the server: how far it is. */
  uploads: Record<string, UploadView>
  hasOlder: boolean
  /** Older ones are on the server only, and it could not be asked. */
  isCutOff?: boolean
  /** How often the contact did something the person has not seen, as in the list. */
  unread: number
  /** How often the person marked it unread: to be named by who has read it since. */
  readVersion: number
  /** How many of the contact's last messages that makes: a reaction is none. */
  unreadMessages: number
}

/** A file on its way to the server. `code`: why the last attempt did not work, or why there will be no other. */
export type UploadView = { sentBytes: number; sizeBytes: number; code: ErrorCode | null }

/** A template for one conversation: `reason` says why it is not offered there, null when it is. */
export type TemplateOffer = { template: Template; reason: NotOffered | null }

/** One of two contacts that may be one person. Times are those of messages, null where there is none. */
export type ContactSide = {
  contact: Contact
  /** Our numbers the contact wrote to or was written to on. */
  numbers: OwnNumber[]
  messages: number
  firstAtMs: number | null
  lastAtMs: number | null
}

/** `contact` is who was asked about, `other` who it may be; each as it stands now, merges followed. */
export type ContactComparison = { contact: ContactSide; other: ContactSide }

/** A deed the server would not do. The person decides; nothing is dropped silently. */
export type RefusalView = {
  muid: MutationId
  name: string
  code: ErrorCode
  details: Record<string, unknown>
  conversationId: string | null
  /** What they had written, when it was a message or note. */
  message: Message | null
  /** The conversation is no longer among those they see. */
  isOutOfSight: boolean
  atMs: number
}

/** `labels`: those in use, by name. */
export type Directory = { users: User[]; teams: Team[]; numbers: OwnNumber[]; labels: Label[] }
export type MediaBytes = { mime: string; bytes: Uint8Array; fileName: string | null }

/** A text and which stretches of it answer a query, in order, in UTF-16 units. */
export type Marked = { text: string; marks: [from: number, to: number][] }

/** A conversation found by whom it is with, or by a label. */
export type ContactHit = {
  conversationId: ConversationId
  name: Marked
  /** What answers the query besides the name, else the contact's number. */
  detail: Marked | null
  /** A number of theirs is exactly the one looked for. */
  isWholeNumber: boolean
}

export type MessageHit = {
  messageId: MessageId
  /** The conversation that shows it. */
  conversationId: ConversationId
  contactName: string
  direction: Message['direction']
  authorName: string | null
  /** On one line, around the first thing found. */
  snippet: Marked
  sentAtMs: number
  /** A number in it is exactly the one looked for. */
  isWholeNumber: boolean
}

/** What is found in what this machine holds. The lists are cut at the limit, the totals are not. */
export type SearchAnswer = {
  contacts: ContactHit[]
  contactTotal: number
  /** Whole numbers first, then the newest. */
  messages: MessageHit[]
  total: number
  /** False while what is held is still being read: asking again finds more. */
  isComplete: boolean
}

/** A message that did not leave as it should, without its words. */
export type StuckMessage = {
  messageId: MessageId
  conversationId: ConversationId
  numberId: NumberId
  state: 'failed' | 'uncertain' | 'held'
  error?: SendError
  /** How often WhatsApp was called. */
  attempts: number
  atMs: number
  /** Whom it is for; null when this console does not hold the conversation. */
  contact: Contact | null
}

/** One call of WhatsApp's in the ledger. */
export type DeliveredCall = {
  id: string
  receivedAtMs: number
  state: 'received' | 'done' | 'failed'
  /** Why it could not be understood as a whole; as a word of docs/errors.md's kind, see server/intake/reasons.ts. */
  errorCode?: string
  /** Null when its bytes are no longer kept, so that it cannot be understood again. */
  sizeBytes: number | null
  parts: {
    kind: string
    outcome: 'stored' | 'duplicate' | 'ignored' | 'parked' | 'failed'
    reasonCode?: string
    messageId?: MessageId
    conversationId?: ConversationId
  }[]
}

export type VerificationOverview = {
  /** The worst first. */
  numbers: NumberView[]
  accounts: Account[]
  /** Whether the person may do the deeds of `verification.act`. */
  canAct: boolean
  /** What a deed means, to be read before it is done. */
  warnings: Record<'register' | 'deregister', Phrase>
  /** Server time of this answer: ages are counted from it. */
  nowMs: number
}

export type VerificationHistory = {
  /** The newest first. */
  entries: HistoryEntry[]
  /** For `before`; null at the end. */
  next: string | null
}

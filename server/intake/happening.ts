/**
 * What happened at WhatsApp, in our own words. server/whatsapp/translate.ts makes these from Meta's format and
 * apply.ts folds them into the rows; neither knows the other's side.
 */
import type { Account } from '../../core/domain/account.ts'
import type { Activity, Message } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Template } from '../../core/domain/template.ts'
import type { MessageStatus } from '../../core/domain/status.ts'

type Maybe<T> = T | undefined

/** The number of ours it happened on. */
export type OurNumber = {
  phoneNumberId: string
  accountId?: Maybe<string>
  displayPhone?: Maybe<string>
}

/** What is known of the person outside. `phone` is E.164 with the plus; the user name has lost its `@`. */
export type Who = {
  phone?: Maybe<string>
  userId?: Maybe<string>
  parentUserId?: Maybe<string>
  username?: Maybe<string>
  name?: Maybe<string>
}

/** A file that still lies at WhatsApp. Some bodies carry an address beside the id; both expire. @see facts 3 */
export type RemoteFile = {
  metaMediaId?: Maybe<string>
  url?: Maybe<string>
  sha256?: Maybe<string>
  mime: string
  fileName?: Maybe<string>
  isVoice?: Maybe<boolean>
}

/** What a message says, whoever wrote it. `raw` is the part of the body that Kontor has no words for. */
export type Content = Pick<
  Message,
  'type' | 'text' | 'location' | 'cards' | 'order' | 'choice' | 'template' | 'raw'
> & { file?: RemoteFile }

type Written = {
  wamid: string
  content: Content
  /** Meta's id of the quoted message, known to us or not. */
  quote?: Maybe<string>
  isForwarded?: Maybe<boolean>
  referral?: unknown
  /** A copy of what another app of the firm answers. */
  isStandby?: Maybe<boolean>
}

type ReportedError = { code: number | string; title: string; details?: string; href?: string }
/** Only what WhatsApp may say of a message of ours. `played` is a step of its own, kept beside the status. */
export type ReportedStatus = Extract<MessageStatus, 'sent' | 'delivered' | 'read' | 'failed'>

/** `atMs` is WhatsApp's time; absent where WhatsApp gave none that can be read. */
type Common = { on: OurNumber; atMs?: Maybe<number> }
type Personal = Common & { who: Who }

export type Happening =
  | (Personal & Written & { kind: 'message-received' })
  /** A message the firm wrote in the WhatsApp Business app, or with another app that answers. */
  | (Personal & Written & { kind: 'echo-sent' })
  | (Personal &
      Written & { kind: 'history-message'; isOurs: boolean; status?: Maybe<ReportedStatus> })
  /** Something WhatsApp says in the thread that nobody wrote and Kontor has no words for. */
  | (Personal & { kind: 'system-notice'; wamid: string; text?: Maybe<string>; raw: unknown })
  /** `emoji` is empty when it was taken off. */
  | (Personal & {
      kind: 'reaction-given'
      wamid: string
      target: string
      emoji: string
      isOurs: boolean
      isHistory: boolean
      isStandby?: Maybe<boolean>
    })
  | (Common & { kind: 'message-edited'; target: string; content: Content })
  | (Common & { kind: 'message-revoked'; target: string })
  | (Personal & {
      kind: 'status-changed'
      wamid: string
      /** `biz_opaque_callback_data`: the id of the message in our own words. */
      callbackId?: Maybe<string>
      status: ReportedStatus
      isPlayed?: Maybe<boolean>
      error?: Maybe<ReportedError>
      price?: Message['price']
      /** It was free because the contact had come from an ad, and until when that lasts. */
      freeEntry?: Maybe<{ untilMs?: Maybe<number> }>
    })
  | (Personal & {
      kind: 'user-id-changed'
      from?: Maybe<string>
      to: string
      /** The phone number since then; `who.phone` is the one that was known. */
      phone?: Maybe<string>
      wamid?: Maybe<string>
    })
  | (Personal & { kind: 'number-changed'; from?: Maybe<string>; to: string; wamid: string })
  | (Personal & { kind: 'identity-changed'; wamid: string })
  | (Personal & { kind: 'welcome-requested'; wamid: string })
  | (Personal & { kind: 'marketing-preference'; value: 'stop' | 'resume' })
  | (Personal & { kind: 'call-event'; callId: string; isByContact: boolean; call: Call })
  /** Another app of the firm answers the contact from now on, or we do. */
  | (Personal & {
      kind: 'control-changed'
      isOurs: boolean
      from?: Maybe<string>
      to?: Maybe<string>
    })
  | (AccountEvent & {
      kind: 'account-event'
      /** What it says of our numbers, as their rows have it; `null` takes a member off. */
      number?: Maybe<NumberFacts>
      account?: Maybe<AccountFacts>
    })
  | (AccountEvent & { kind: 'template-changed'; template: TemplateFacts })

export type Call = NonNullable<Activity['call']>

/** Something about the account, a number or a template, kept for the timeline of its verification. */
type AccountEvent = {
  field: string
  /** WhatsApp's word for what happened, where the field has one. */
  event?: Maybe<string>
  /** WhatsApp's time of the entry; absent in some bodies. */
  atMs?: Maybe<number>
  accountId?: Maybe<string>
  subject: { kind: SubjectKind; id: string }
  /** Which of our numbers it is about, by either of its names. */
  ours?: Maybe<{ phoneNumberId?: Maybe<string>; displayPhone?: Maybe<string> }>
  /** What it was and what it is, where that is one word. */
  before?: Maybe<string>
  after?: Maybe<string>
  value: unknown
  /** The same for the same words. */
  digest: string
}
export type SubjectKind = 'number' | 'account' | 'business' | 'template' | 'flow'

export type NumberFacts = {
  [
    K in
      | 'name'
      | 'status'
      | 'quality'
      | 'messagingLimit'
      | 'throughput'
      | 'nameStatus'
      | 'requestedName'
      | 'isPinEnabled'
      | 'isOfficial'
      | 'username'
      | 'requestedNameStatus'
      | 'nameRejection'
      | 'officialStatus'
      | 'accountMode'
  ]?: Maybe<OwnNumber[K] | null>
} & {
  /** The account can send nothing, or can again. */
  isDisabled?: Maybe<boolean>
  /** Somebody wants the two-step PIN reset, or it is settled. */
  isPinResetAsked?: Maybe<boolean>
  notice?: Maybe<ToldNotice>
}

/** What WhatsApp wants somebody to know, or no longer. */
export type ToldNotice = {
  type: string
  isActive: boolean
  severity?: Maybe<string>
  description?: Maybe<string>
}

/** What an event says of the account itself. What is `null` is taken off. */
export type AccountFacts = {
  [
    K in 'reviewStatus' | 'status' | 'banState' | 'banDate' | 'messagingLimit' | 'maxNumbers'
  ]?: Maybe<Account[K] | null>
} & {
  /** Those that hold from now on, beside others of other kinds. */
  restrictions?: Maybe<{ type: string; untilMs?: Maybe<number>; remedy?: Maybe<string> }[]>
  violation?: Maybe<{ type: string; remedy?: Maybe<string> }>
  notice?: Maybe<ToldNotice>
}

/** A template as WhatsApp names it, and what is different about it. What is `null` is taken off. */
export type TemplateFacts = {
  metaId?: Maybe<string>
  name?: Maybe<string>
  language?: Maybe<string>
  change: {
    [
      K in
        'status' | 'quality' | 'category' | 'rejectedReason' | 'pausedUntilMs' | 'coming' | 'isGone'
    ]?: Maybe<Template[K] | null>
  }
}

export type HappeningOf<K extends Happening['kind']> = Extract<Happening, { kind: K }>

/**
 * One part of a webhook call: what it says, or why it says nothing to Kontor (`ignored`) or nothing that can be
 * read (`failed`). `path` is where in the body it stands, `kind` a word for the ledger.
 */
export type Part = { path: string; kind: string } & (
  { happening: Happening } | { ignored: string } | { failed: string }
)

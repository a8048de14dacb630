/** What the verification centre shows, ready to be drawn; core/verification makes it of the rows. */
import type { Account } from './account.ts'
import type { OwnNumber } from './people.ts'
import type { Phrase } from './phrase.ts'

export type LedgerItem =
  | 'business'
  | 'review'
  | 'account'
  | 'name'
  | 'official'
  | 'code'
  | 'pin'
  | 'status'
  | 'quality'
  | 'limit'
  | 'throughput'
  | 'health'
  | 'payment'
  | 'webhook'
  | 'token'
  | 'storage'
  | 'contact-book'

/** Circle, rotated square, square, hollow ring. `none`: not applicable, not yet, or a word nobody knows. */
export type LedgerState = 'ok' | 'warn' | 'bad' | 'none'

/** One line of a number's ledger. */
export type LedgerRow = {
  item: LedgerItem
  state: LedgerState
  label: Phrase
  value: Phrase
  detail: Phrase | null
  /** Since when it is known to be so; null when nobody has seen it turn. */
  sinceMs: number | null
  /** When WhatsApp last said so; null: never yet. */
  checkedAtMs: number | null
  /** There while WhatsApp does not answer: what is shown is as old as `checkedAtMs`. */
  failing: { code: string; sinceMs: number } | null
  /** How much of a limit is used. */
  meter: { used: number; of: number } | null
}

/**
 * What helps, one click away: `act` opens the dialog of that deed (`verification.act`), `link` a page of Meta's, `open`
 * another screen.
 */
export type AdviceAction =
  | {
      kind: 'act'
      deed:
        'request-name' | 'set-pin' | 'register' | 'request-code' | 'subscribe' | 'request-official'
    }
  | { kind: 'refresh' }
  | { kind: 'link'; url: string }
  | { kind: 'open'; screen: 'sends' | 'templates' | 'profile' }

export type Advice = {
  /** Name of the rule, the same for ever. */
  rule: string
  /** `hint` is worth knowing and alarms nobody. */
  severity: 'bad' | 'warn' | 'hint'
  /** Our number's id, or Meta's id of the account. */
  about: { kind: 'number' | 'account'; id: string }
  title: Phrase
  why: Phrase
  todo: Phrase
  who: 'administrator' | 'supervisor'
  deadlineMs: number | null
  sinceMs: number | null
  action: AdviceAction | null
  actionLabel: Phrase | null
}

/** A number with all there is to say of it. */
export type NumberView = {
  number: OwnNumber
  account: Account | null
  /** The worst of its advice; `none` while nothing was ever checked. */
  state: LedgerState
  /** One line: the worst advice, or that all is well. */
  verdict: Phrase
  rows: LedgerRow[]
  advice: Advice[]
  /** When WhatsApp last answered about it; null: never yet. */
  checkedAtMs: number | null
}

/** Where a change was heard of: WhatsApp told us, we asked, or a colleague did it. */
export const sources = ['webhook', 'check', 'person'] as const
export type Source = (typeof sources)[number]

/** What a change is about, for the filter. `template` and `deed` are what we did ourselves and may explain the rest. */
export const changeKinds = [
  'business',
  'account',
  'name',
  'official',
  'quality',
  'limit',
  'security',
  'health',
  'connection',
  'profile',
  'template',
  'deed',
  'other',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One entry of the timeline, newest first in its list. */
export type HistoryEntry = {
  id: string
  atMs: number
  kind: ChangeKind
  kindLabel: Phrase
  source: Source
  sourceLabel: Phrase
  about: { kind: 'number' | 'account' | 'template'; name: string }
  title: Phrase
  before: Phrase | null
  after: Phrase | null
  /** Who did it, by name; null when nobody of ours. */
  by: string | null
}

/** WhatsApp's words and what they mean here. @see facts 7.1 and 6.4 */
import type { LedgerState } from '../domain/ledger.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { PhraseKey } from '../text/say.ts'

export type Meaning = { state: LedgerState; value: Phrase }
type Words = Readonly<Record<string, readonly [LedgerState, PhraseKey]>>

/** Whatever the case; a word nobody knows is shown as it came, and judged by nobody. */
export function meaningOf(words: Words, word: string | undefined): Meaning {
  if (word === undefined) return { state: 'none', value: { key: 'verification.unchecked' } }
  const lower = word.toLowerCase()
  const known = Object.hasOwn(words, lower) ? words[lower] : undefined
  if (known === undefined) return { state: 'none', value: { raw: word } }
  const [state, key] = known
  return { state, value: { key } }
}

/** Whether a fact is one of these words. */
export function isWord(fact: string | undefined, ...words: string[]): boolean {
  return fact !== undefined && words.includes(fact.toLowerCase())
}

export const businessWords: Words = {
  verified: ['ok', 'verification.confirmed'],
  pending: ['warn', 'verification.in-review'],
  pending_submission: ['warn', 'verification.needs-more'],
  pending_need_more_info: ['warn', 'verification.needs-more'],
  not_verified: ['none', 'verification.not-begun'],
  unverified: ['none', 'verification.not-begun'],
  rejected: ['bad', 'verification.rejected'],
  failed: ['bad', 'verification.rejected'],
  expired: ['bad', 'verification.expired'],
  revoked: ['bad', 'verification.revoked'],
  ineligible: ['bad', 'verification.ineligible'],
}

export const reviewWords: Words = {
  approved: ['ok', 'verification.approved'],
  pending: ['warn', 'verification.in-review'],
  deferred: ['warn', 'verification.deferred'],
  rejected: ['bad', 'verification.rejected'],
  restricted: ['bad', 'verification.restricted'],
  limit_reached: ['warn', 'verification.restricted'],
}

export const accountWords: Words = {
  active: ['ok', 'verification.active'],
  disabled: ['bad', 'verification.disabled'],
  deleted: ['bad', 'verification.deleted'],
  restricted: ['bad', 'verification.restricted'],
}

export const nameWords: Words = {
  approved: ['ok', 'verification.approved'],
  available_without_review: ['ok', 'verification.available-without-review'],
  pending_review: ['warn', 'verification.in-review'],
  deferred: ['warn', 'verification.deferred'],
  declined: ['bad', 'verification.rejected'],
  // The webhook's words for the same. @see facts 7.3
  rejected: ['bad', 'verification.rejected'],
  pending: ['warn', 'verification.in-review'],
  expired: ['bad', 'verification.expired'],
  none: ['none', 'verification.no-name'],
  non_exists: ['none', 'verification.no-name'],
}

export const officialWords: Words = {
  not_started: ['none', 'verification.badge-none'],
  pending: ['none', 'verification.badge-asked'],
  under_review: ['none', 'verification.badge-asked'],
  approved: ['ok', 'verification.badge-active'],
  rejected: ['none', 'verification.rejected'],
  expired: ['none', 'verification.expired'],
  cancelled: ['none', 'verification.cancelled'],
}

export const codeWords: Words = {
  verified: ['ok', 'verification.confirmed'],
  not_verified: ['bad', 'verification.not-confirmed'],
  unverified: ['bad', 'verification.not-confirmed'],
  expired: ['warn', 'verification.confirmation-expired'],
}

export const statusWords: Words = {
  connected: ['ok', 'verification.connected'],
  pending: ['warn', 'verification.pending'],
  disconnected: ['bad', 'verification.disconnected'],
  flagged: ['warn', 'verification.flagged'],
  restricted: ['bad', 'verification.restricted'],
  rate_limited: ['warn', 'verification.rate-limited'],
  banned: ['bad', 'verification.banned'],
  deleted: ['bad', 'verification.deleted'],
  migrated: ['bad', 'verification.migrated'],
  unverified: ['bad', 'verification.not-confirmed'],
}

export const qualityWords: Words = {
  green: ['ok', 'verification.high'],
  yellow: ['warn', 'verification.medium'],
  red: ['bad', 'verification.low'],
  unknown: ['none', 'verification.unrated'],
  na: ['none', 'verification.unrated'],
}

export const throughputWords: Words = {
  standard: ['ok', 'verification.standard'],
  high: ['ok', 'verification.high'],
  not_applicable: ['none', 'verification.not-applicable'],
}

export const healthWords: Words = {
  available: ['ok', 'verification.can-send'],
  limited: ['warn', 'verification.restricted'],
  blocked: ['bad', 'verification.blocked'],
}

export const storageWords: Words = {
  default: ['none', 'verification.storage-default'],
  in_country_storage_disabled: ['none', 'verification.storage-default'],
  no_storage_enabled: ['ok', 'verification.storage-none'],
}

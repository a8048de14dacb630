/** Rows about the account, its portfolio and our access to it. */
import type { Account, Restriction } from '../domain/account.ts'
import type { Phrase } from '../domain/phrase.ts'
import { isPaymentMissing } from './health.ts'
import { phrase, worded } from './phrase.ts'
import type { RowMeaning, Subject } from './rows.ts'
import { accountWords, businessWords, isWord, meaningOf, reviewWords } from './words.ts'

export function businessRow({ account }: Subject): RowMeaning {
  const meaning = meaningOf(businessWords, account?.verification)
  const name = account?.businessName
  const detail =
    meaning.state === 'ok' && name !== undefined
      ? phrase('verification.detail-business', { name })
      : phrase('verification.detail-verified-by-meta')
  return { ...meaning, detail, of: 'account', fact: 'verification', check: 'account' }
}

export function reviewRow({ account }: Subject): RowMeaning {
  const meaning = meaningOf(reviewWords, account?.reviewStatus)
  return { ...meaning, of: 'account', fact: 'reviewStatus', check: 'account' }
}

/** A ban weighs more than a restriction, and both more than the account's own word for its state. */
export function accountRow({ account, nowMs }: Subject): RowMeaning {
  const base = { of: 'account', check: 'account' } as const
  const meaning = meaningOf(accountWords, account?.status)
  if (account === undefined || meaning.state === 'bad') {
    return { ...meaning, ...base, fact: 'status' }
  }
  const banned = banMeaning(account)
  if (banned !== undefined) return { ...banned, ...base, fact: 'banState' }
  const active = activeRestrictions(account, nowMs)
  if (active.length > 0) {
    const value = phrase('verification.restricted')
    const state = active.some(stopsSending) ? 'bad' : 'warn'
    return { state, value, detail: restrictionText(active), ...base, fact: 'restrictions' }
  }
  return { ...meaning, ...base, fact: 'status' }
}

function banMeaning({ banState, banDate }: Account) {
  const detail =
    banDate === undefined ? undefined : phrase('verification.detail-ban-date', { date: banDate })
  if (isWord(banState, 'disable')) {
    return { state: 'bad', value: phrase('verification.disabled'), detail } as const
  }
  if (!isWord(banState, 'schedule_for_disable')) return undefined
  return { state: 'bad', value: phrase('verification.disabled-soon'), detail } as const
}

/** Those that have not ended. */
export function activeRestrictions(account: Account, nowMs: number): Restriction[] {
  return account.restrictions.filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs)
}

/** Whether it forbids what people write, and not only calls or more numbers. */
export function stopsSending({ type }: Restriction): boolean {
  return isWord(
    type,
    'restricted_biz_initiated_messaging',
    'restricted_customer_initiated_messaging',
    'restricted_utility_templates',
  )
}

export function restrictionName({ type }: Restriction): Phrase {
  return worded(`verification.restriction-${type}`, type)
}

function restrictionText(active: readonly Restriction[]): Phrase {
  const ends = active.map(({ untilMs }) => untilMs ?? Infinity)
  const lastMs = Math.max(...ends)
  const count = active.length
  return Number.isFinite(lastMs)
    ? phrase('verification.detail-restrictions', { count, until: { atMs: lastMs } })
    : phrase('verification.detail-restrictions-open', { count })
}

export function paymentRow({ number, account }: Subject): RowMeaning {
  const base = { of: 'account', fact: 'hasPaymentMethod', check: 'account' } as const
  if (isPaymentMissing(number, account)) {
    return { state: 'bad', value: phrase('verification.payment-missing'), ...base }
  }
  return account?.hasPaymentMethod === true
    ? { state: 'ok', value: phrase('verification.payment-there'), ...base }
    : { ...meaningOf({}, undefined), ...base }
}

/** What WhatsApp tells us unasked: whether it may, and when it last did. */
export function webhookRow({ number, account }: Subject): RowMeaning {
  const base = { of: 'account', fact: 'isSubscribed', check: 'subscription' } as const
  const { subscription } = account ?? {}
  if (subscription?.isOurs === false) {
    const apps = subscription.apps.join(', ')
    const detail = apps === '' ? undefined : phrase('verification.detail-apps', { apps })
    return { state: 'bad', value: phrase('verification.not-subscribed'), detail, ...base }
  }
  const { silence, heardAtMs } = number
  if (silence !== undefined) {
    return {
      state: 'warn',
      value: phrase('verification.silent-since', { at: { atMs: silence.sinceMs } }),
      detail: phrase('verification.detail-usual', { count: silence.usual }),
      ...base,
    }
  }
  const detail =
    subscription?.override === undefined ? undefined : phrase('verification.detail-override')
  if (heardAtMs === undefined) {
    return { state: 'none', value: phrase('verification.never-heard'), detail, ...base }
  }
  const value = phrase('verification.heard-at', { at: { atMs: heardAtMs } })
  return { state: 'ok', value, detail, ...base }
}

/** How long before its end a token asks for attention. */
export const tokenNoticeMs = 14 * 24 * 60 * 60_000

/** What Kontor cannot work without. @see facts 1.2 */
const neededScopes = ['whatsapp_business_messaging', 'whatsapp_business_management']

export function missingScopes({ token }: Account): string[] {
  if (token?.isValid !== true || token.scopes.length === 0) return []
  return neededScopes.filter((scope) => !token.scopes.includes(scope))
}

export function isTokenRefused({ number, account }: Subject): boolean {
  return number.health === 'paused' || account?.token?.isValid === false
}

export function tokenRow(subject: Subject): RowMeaning {
  const { account, nowMs } = subject
  const base = { of: 'account', fact: 'isTokenValid', check: 'token' } as const
  if (isTokenRefused(subject)) {
    return { state: 'bad', value: phrase('verification.invalid'), ...base }
  }
  const token = account?.token
  if (token === undefined) return { ...meaningOf({}, undefined), ...base }
  const scopes = missingScopes(account!).join(', ') // there is an account: it has the token
  const detail =
    scopes === ''
      ? token.kind === undefined
        ? undefined
        : phrase('verification.detail-token', { kind: token.kind })
      : phrase('verification.detail-scopes-missing', { scopes })
  const { expiresAtMs } = token
  if (expiresAtMs === undefined) {
    const state = scopes === '' ? 'ok' : 'warn'
    return { state, value: phrase('verification.valid-forever'), detail, ...base }
  }
  const isSoon = expiresAtMs - nowMs < tokenNoticeMs
  const value = phrase('verification.valid-until', { day: { dayMs: expiresAtMs } })
  return { state: isSoon || scopes !== '' ? 'warn' : 'ok', value, detail, ...base }
}

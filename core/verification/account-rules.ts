/** Rules about the account, its portfolio and our access to it. */
import type { Account } from '../domain/account.ts'
import {
  activeRestrictions,
  isTokenRefused,
  missingScopes,
  restrictionName,
  stopsSending,
  tokenNoticeMs,
} from './account-rows.ts'
import { failingSince } from './failing.ts'
import { isPaymentMissing } from './health.ts'
import { limitOf } from './limit.ts'
import { isLimitNear } from './number-rows.ts'
import { listed, worded } from './phrase.ts'
import type { Subject } from './rows.ts'
import { meta, when, type Found, type Rule } from './rule.ts'
import { businessWords, isWord, meaningOf } from './words.ts'

const dayMs = 24 * 60 * 60_000
/** A violation of longer ago has led to what it led to. */
const violationNoticeMs = 30 * dayMs

const account = { about: 'account', who: 'administrator' } as const

/** Speaks only where something is known of the account. */
function known(finds: (account: Account, subject: Subject) => Found | undefined): Rule['finds'] {
  return (subject) => subject.account && finds(subject.account, subject)
}

export const accountRules: readonly Rule[] = [
  {
    ...account,
    name: 'account-deleted',
    severity: 'bad',
    action: meta.support,
    finds: known(({ status, turns }) =>
      when(isWord(status, 'deleted'), { sinceMs: turns?.status?.sinceMs }),
    ),
  },
  {
    ...account,
    name: 'account-disabled',
    severity: 'bad',
    action: meta.support,
    finds: known(({ status, banState, turns }) =>
      when(isWord(status, 'disabled') || isWord(banState, 'disable'), {
        sinceMs: turns?.banState?.sinceMs ?? turns?.status?.sinceMs,
      }),
    ),
  },
  {
    ...account,
    name: 'ban-coming',
    severity: 'bad',
    action: meta.support,
    finds: known(({ banState, banDate = '–', turns }) =>
      when(isWord(banState, 'schedule_for_disable'), {
        values: { date: banDate },
        sinceMs: turns?.banState?.sinceMs,
      }),
    ),
  },
  {
    ...account,
    name: 'token-refused',
    severity: 'bad',
    action: meta.users,
    finds: (subject) =>
      when(isTokenRefused(subject), {
        sinceMs: subject.account?.turns?.isTokenValid?.sinceMs,
      }),
  },
  {
    ...account,
    name: 'sending-restricted',
    severity: 'bad',
    action: meta.support,
    finds: known((row, { nowMs }) => restricted(row, nowMs, true)),
  },
  {
    ...account,
    name: 'otherwise-restricted',
    severity: 'warn',
    action: meta.support,
    finds: known((row, { nowMs }) => restricted(row, nowMs, false)),
  },
  {
    ...account,
    name: 'payment-missing',
    severity: 'bad',
    action: meta.billing,
    finds: ({ number, account: row }) =>
      when(isPaymentMissing(number, row), { sinceMs: row?.turns?.hasPaymentMethod?.sinceMs }),
  },
  {
    ...account,
    name: 'not-subscribed',
    severity: 'bad',
    action: { kind: 'act', deed: 'subscribe' },
    finds: known(({ subscription, turns }) =>
      when(subscription?.isOurs === false, { sinceMs: turns?.isSubscribed?.sinceMs }),
    ),
  },
  {
    ...account,
    name: 'review-rejected',
    severity: 'bad',
    action: meta.support,
    finds: known(({ reviewStatus, turns }) =>
      when(isWord(reviewStatus, 'rejected', 'restricted'), {
        sinceMs: turns?.reviewStatus?.sinceMs,
      }),
    ),
  },
  {
    ...account,
    name: 'business-rejected',
    severity: 'warn',
    action: meta.security,
    finds: known(({ verification, turns }) => {
      const { state, value } = meaningOf(businessWords, verification)
      return when(state === 'bad', { values: { value }, sinceMs: turns?.verification?.sinceMs })
    }),
  },
  {
    ...account,
    name: 'business-more',
    severity: 'warn',
    action: meta.security,
    finds: known(({ verification, turns }) =>
      when(isWord(verification, 'pending_need_more_info', 'pending_submission'), {
        sinceMs: turns?.verification?.sinceMs,
      }),
    ),
  },
  {
    ...account,
    name: 'business-open',
    severity: 'hint',
    action: meta.security,
    finds: known(({ verification }) => when(isWord(verification, 'not_verified', 'unverified'))),
  },
  {
    ...account,
    name: 'token-expiring',
    severity: 'warn',
    action: meta.users,
    finds: known(({ token }, { nowMs }) => {
      const atMs = token?.isValid === true ? token.expiresAtMs : undefined
      if (atMs === undefined || atMs - nowMs >= tokenNoticeMs) return undefined
      return { values: { day: { dayMs: atMs } }, deadlineMs: atMs }
    }),
  },
  {
    ...account,
    name: 'scope-missing',
    severity: 'warn',
    action: meta.users,
    finds: known((row) => {
      const scopes = missingScopes(row)
      return when(scopes.length > 0, { values: { scopes: scopes.join(', ') } })
    }),
  },
  {
    ...account,
    name: 'violation',
    severity: 'warn',
    action: meta.support,
    finds: known(({ violations }, { nowMs }) => {
      const last = violations.at(-1)
      if (last === undefined || nowMs - last.atMs >= violationNoticeMs) return undefined
      return { values: { what: last.type }, sinceMs: last.atMs }
    }),
  },
  {
    ...account,
    name: 'limit-near',
    severity: 'warn',
    who: 'supervisor',
    action: { kind: 'open', screen: 'sends' },
    finds: (subject) => {
      const used = subject.account?.limitUse?.contacts
      if (used === undefined || !isLimitNear(subject)) return undefined
      const of = limitOf(subject.account?.messagingLimit ?? subject.number.messagingLimit) ?? used
      return { values: { used, of } }
    },
  },
  {
    ...account,
    name: 'notice',
    severity: 'hint',
    action: meta.manager,
    finds: known(({ notices = [] }) => {
      const [last] = notices.slice(-1)
      if (last === undefined) return undefined
      const what = worded(`verification.event-${last.type}`, last.type)
      return { values: { what }, sinceMs: last.atMs }
    }),
  },
]

/** Comes after everything that is known to be wrong. */
export const awayRule: Rule = {
  ...account,
  name: 'away',
  severity: 'warn',
  action: { kind: 'refresh' },
  finds: (subject) => {
    const failing = failingSince(subject)
    if (failing === undefined) return undefined
    const { code, sinceMs } = failing
    return { values: { code, at: { atMs: sinceMs } }, sinceMs }
  },
}

function restricted(row: Account, nowMs: number, isSending: boolean): Found | undefined {
  const found = activeRestrictions(row, nowMs).filter((one) => stopsSending(one) === isSending)
  if (found.length === 0) return undefined
  const ends = found.flatMap(({ untilMs }) => untilMs ?? [])
  return {
    values: { what: listed(found.map(restrictionName)) },
    sinceMs: Math.min(...found.map(({ sinceMs }) => sinceMs)),
    deadlineMs: ends.length === found.length ? Math.max(...ends) : undefined,
  }
}

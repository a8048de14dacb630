/** A number with its account, its ledger and its advice over HTTP: the facts the verification centre shows. */
import Type, { type Static } from 'typebox'
import type { Account } from '../../core/domain/account.ts'
import type { Advice, LedgerRow, NumberView } from '../../core/domain/ledger.ts'
import type { Check, Turn } from '../../core/domain/verification.ts'
import { HealthStatus } from '../../core/domain/verification.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import { present } from '../../core/lib/present.ts'
import { say, type Speaking } from '../../core/text/say.ts'
import { NumberShape, showNumber, Time } from './shapes.ts'

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const text = Type.Optional(Type.String())

const CheckShape = Type.Object({
  /** When WhatsApp last answered; null: never yet. */
  answeredAt: Nullable(Time),
  /** There while it does not answer: WhatsApp's error code or Kontor's. */
  failing: Type.Optional(Type.Object({ code: Type.String(), since: Time })),
})
/** Since when each fact is as it is, and what was known before, by the fact's name. */
const Turns = Type.Record(Type.String(), Type.Object({ since: Time, before: text }))
const Checks = Type.Record(Type.String(), CheckShape)
const NoticeShape = Type.Object({
  type: Type.String(),
  severity: text,
  description: text,
  at: Time,
})

export const AccountShape = Type.Object({
  /** Meta's id. */
  id: Type.String(),
  name: text,
  businessId: text,
  businessName: text,
  country: text,
  currency: text,
  timezoneId: text,
  /** From here on in WhatsApp's words, as they came. */
  verification: text,
  reviewStatus: text,
  status: text,
  banState: text,
  banDate: text,
  messagingLimit: text,
  /** Contacts outside the reply window in 24 hours, by our own count. */
  limitUse: Type.Optional(Type.Object({ contacts: Type.Integer(), measuredAt: Time })),
  maxNumbers: text,
  hasPaymentMethod: Type.Optional(Type.Boolean()),
  restrictions: Type.Array(
    Type.Object({ type: Type.String(), since: Time, until: Nullable(Time), remedy: text }),
  ),
  violations: Type.Array(Type.Object({ type: Type.String(), at: Time, remedy: text })),
  healthStatus: Type.Optional(HealthStatus),
  subscription: Type.Optional(
    Type.Object({ isOurs: Type.Boolean(), apps: Type.Array(Type.String()), override: text }),
  ),
  token: Type.Optional(
    Type.Object({
      isValid: Type.Boolean(),
      /** Null: never. */
      expiresAt: Nullable(Time),
      scopes: Type.Array(Type.String()),
      appId: text,
      kind: text,
    }),
  ),
  notices: Type.Array(NoticeShape),
  turns: Turns,
  checks: Checks,
})

const AdviceShape = Type.Object({
  /** A name that stays. */
  rule: Type.String(),
  severity: Type.Enum(['bad', 'warn', 'hint']),
  about: Type.Object({ kind: Type.Enum(['number', 'account']), id: Type.String() }),
  title: Type.String(),
  why: Type.String(),
  todo: Type.String(),
  who: Type.Enum(['administrator', 'supervisor']),
  since: Nullable(Time),
  deadline: Nullable(Time),
})

const LedgerShape = Type.Object({
  item: Type.String(),
  state: Type.Enum(['ok', 'warn', 'bad', 'none']),
  label: Type.String(),
  value: Type.String(),
  detail: Nullable(Type.String()),
  since: Nullable(Time),
  checkedAt: Nullable(Time),
  failing: Nullable(Type.Object({ code: Type.String(), since: Time })),
})

export const NumberTruthShape = Type.Object({
  ...NumberShape.properties,
  requestedNameStatus: text,
  nameRejection: text,
  hasNewCertificate: Type.Optional(Type.Boolean()),
  officialStatus: text,
  officialMessage: text,
  codeVerification: text,
  accountMode: text,
  platform: text,
  isOnBizApp: Type.Optional(Type.Boolean()),
  healthStatus: Type.Optional(HealthStatus),
  storageStatus: text,
  storageRegion: text,
  pinResetAt: Type.Optional(Time),
  silentSince: Type.Optional(Time),
  notices: Type.Array(NoticeShape),
  turns: Turns,
  checks: Checks,
  account: Nullable(AccountShape),
  /** The worst of the advice; `none` while nothing was ever checked. */
  state: Type.Enum(['ok', 'warn', 'bad', 'none']),
  verdict: Type.String(),
  ledger: Type.Array(LedgerShape),
  advice: Type.Array(AdviceShape),
})

export function showTruth(
  view: NumberView,
  heardAt: Date | null,
  speaking: Speaking,
): Static<typeof NumberTruthShape> {
  const { number, account, state, verdict, rows, advice } = view
  return {
    ...showNumber(number, heardAt),
    ...truthOf(number),
    ...followed(number),
    account: account === null ? null : showAccount(account),
    state,
    verdict: say(verdict, speaking),
    ledger: rows.map((row) => showRow(row, speaking)),
    advice: advice.map((one) => showAdvice(one, speaking)),
  }
}

function truthOf(number: OwnNumber) {
  const { requestedNameStatus, nameRejection, hasNewCertificate, officialStatus } = number
  const { officialMessage, codeVerification, accountMode, platform, isOnBizApp } = number
  const { healthStatus, storageStatus, storageRegion, pinResetAtMs, silence } = number
  return present({
    ...{ requestedNameStatus, nameRejection, hasNewCertificate, officialStatus, officialMessage },
    ...{ codeVerification, accountMode, platform, isOnBizApp },
    ...{ healthStatus, storageStatus, storageRegion },
    pinResetAt: pinResetAtMs === undefined ? undefined : iso(pinResetAtMs),
    silentSince: silence === undefined ? undefined : iso(silence.sinceMs),
  })
}

export function showAccount(account: Account): Static<typeof AccountShape> {
  const { metaId, restrictions, violations, limitUse, token, subscription } = account
  const { name, businessId, businessName, country, currency, timezoneId, maxNumbers } = account
  const { verification, reviewStatus, status, banState, banDate, messagingLimit } = account
  const { hasPaymentMethod, healthStatus } = account
  return {
    id: metaId,
    ...present({ name, businessId, businessName, country, currency, timezoneId, maxNumbers }),
    ...present({ verification, reviewStatus, status, banState, banDate, messagingLimit }),
    ...present({ hasPaymentMethod, healthStatus, subscription }),
    ...(limitUse === undefined
      ? {}
      : { limitUse: { contacts: limitUse.contacts, measuredAt: iso(limitUse.measuredAtMs) } }),
    restrictions: restrictions.map(({ sinceMs, untilMs, ...one }) => ({
      ...one,
      since: iso(sinceMs),
      until: isoOrNull(untilMs),
    })),
    violations: violations.map(({ atMs, ...one }) => ({ ...one, at: iso(atMs) })),
    ...(token === undefined ? {} : { token: showToken(token) }),
    ...followed(account),
  }
}

function showToken({ isValid, expiresAtMs, scopes, appId, kind }: NonNullable<Account['token']>) {
  return { isValid, expiresAt: isoOrNull(expiresAtMs), scopes, ...present({ appId, kind }) }
}

type Followed = Pick<OwnNumber, 'notices' | 'turns' | 'checks'>

function followed({ notices = [], turns = {}, checks = {} }: Followed) {
  return {
    notices: notices.map(({ atMs, ...one }) => ({ ...one, at: iso(atMs) })),
    turns: mapped(turns, ({ sinceMs, before }: Turn) => ({
      since: iso(sinceMs),
      ...present({ before }),
    })),
    checks: mapped(checks, ({ answeredAtMs, failing }: Check) => ({
      answeredAt: isoOrNull(answeredAtMs),
      ...(failing === undefined ? {} : { failing: showFailing(failing) }),
    })),
  }
}

function mapped<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

function showRow(row: LedgerRow, speaking: Speaking): Static<typeof LedgerShape> {
  const { item, state, label, value, detail, sinceMs, checkedAtMs, failing } = row
  return {
    item,
    state,
    label: say(label, speaking),
    value: say(value, speaking),
    detail: detail === null ? null : say(detail, speaking),
    since: isoOrNull(sinceMs),
    checkedAt: isoOrNull(checkedAtMs),
    failing: failing === null ? null : showFailing(failing),
  }
}

function showAdvice(advice: Advice, speaking: Speaking): Static<typeof AdviceShape> {
  const { rule, severity, about, title, why, todo, who, sinceMs, deadlineMs } = advice
  return {
    rule,
    severity,
    about,
    title: say(title, speaking),
    why: say(why, speaking),
    todo: say(todo, speaking),
    who,
    since: isoOrNull(sinceMs),
    deadline: isoOrNull(deadlineMs),
  }
}

function showFailing({ code, sinceMs }: NonNullable<Check['failing']>) {
  return { code, since: iso(sinceMs) }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

function isoOrNull(atMs: number | null | undefined): string | null {
  return atMs === null || atMs === undefined ? null : iso(atMs)
}

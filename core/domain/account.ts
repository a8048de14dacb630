import Type, { type Static } from 'typebox'
import { AccountId } from './ids.ts'
import { AtMs } from './time.ts'
import { checked, HealthStatus } from './verification.ts'

/** What WhatsApp has forbidden for a while. */
const Restriction = Type.Object({
  type: Type.String(),
  sinceMs: AtMs,
  /** Until WhatsApp lifts it, where absent. */
  untilMs: Type.Optional(AtMs),
  remedy: Type.Optional(Type.String()),
})
export type Restriction = Static<typeof Restriction>

const Violation = Type.Object({
  type: Type.String(),
  atMs: AtMs,
  remedy: Type.Optional(Type.String()),
})

/** The access token as WhatsApp judges it; the token itself is in no row. */
const Token = Type.Object({
  isValid: Type.Boolean(),
  /** Absent: never. */
  expiresAtMs: Type.Optional(AtMs),
  dataExpiresAtMs: Type.Optional(AtMs),
  scopes: Type.Array(Type.String()),
  appId: Type.Optional(Type.String()),
  /** `SYSTEM_USER`, `USER`, … */
  kind: Type.Optional(Type.String()),
})

/** Whether the account's webhooks come to our app. */
const Subscription = Type.Object({
  isOurs: Type.Boolean(),
  /** Names of all apps that hear of the account. */
  apps: Type.Array(Type.String()),
  /** An address that its messages go to instead of the app's. */
  override: Type.Optional(Type.String()),
})

/**
 * A WhatsApp Business account with the portfolio that owns it. Members that are one text or flag are facts in
 * WhatsApp's own words; `turns` says since when.
 */
export const Account = Type.Object({
  id: AccountId,
  /** Meta's id, which numbers and templates name as `accountId`. */
  metaId: Type.String(),
  name: Type.Optional(Type.String()),
  /** The portfolio, by Meta's id. */
  businessId: Type.Optional(Type.String()),
  businessName: Type.Optional(Type.String()),
  country: Type.Optional(Type.String()),
  currency: Type.Optional(Type.String()),
  timezoneId: Type.Optional(Type.String()),
  verification: Type.Optional(Type.String()),
  reviewStatus: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  /** What `account_update` last said of a ban, and the day it named. */
  banState: Type.Optional(Type.String()),
  banDate: Type.Optional(Type.String()),
  /** Of the portfolio: all numbers share it. */
  messagingLimit: Type.Optional(Type.String()),
  /** People outside the reply window who were written to in the last 24 hours, as our own statuses count them. */
  limitUse: Type.Optional(
    Type.Object({ contacts: Type.Integer({ minimum: 0 }), measuredAtMs: AtMs }),
  ),
  maxNumbers: Type.Optional(Type.String()),
  hasPaymentMethod: Type.Optional(Type.Boolean()),
  restrictions: Type.Array(Restriction),
  /** The latest last, at most twenty. */
  violations: Type.Array(Violation),
  healthStatus: Type.Optional(HealthStatus),
  subscription: Type.Optional(Subscription),
  token: Type.Optional(Token),
  ...checked,
})
export type Account = Static<typeof Account>

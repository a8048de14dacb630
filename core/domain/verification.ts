/**
 * What WhatsApp says of a number or an account, in WhatsApp's words: compared without regard to case, shown as they
 * came where nobody knows them. @see facts 7.1
 */
import Type, { type Static } from 'typebox'
import { AtMs } from './time.ts'

/** One question put to WhatsApp again and again. The last answer stays while a newer one is not to be had. */
export const Check = Type.Object({
  answeredAtMs: Type.Optional(AtMs),
  /** There while WhatsApp does not answer: its error code or Kontor's, and since when. */
  failing: Type.Optional(Type.Object({ code: Type.String(), sinceMs: AtMs })),
})
export type Check = Static<typeof Check>

/** Since when a fact is known to be as it is, and what was known before. */
export const Turn = Type.Object({ sinceMs: AtMs, before: Type.Optional(Type.String()) })
export type Turn = Static<typeof Turn>

const HealthError = Type.Object({
  code: Type.String(),
  description: Type.Optional(Type.String()),
  solution: Type.Optional(Type.String()),
})

/** Whether messages can be sent, entity by entity: `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`. @see facts 7.7 */
export const HealthStatus = Type.Object({
  canSend: Type.String(),
  entities: Type.Array(
    Type.Object({
      kind: Type.String(),
      id: Type.Optional(Type.String()),
      canSend: Type.String(),
      errors: Type.Array(HealthError),
      notes: Type.Array(Type.String()),
    }),
  ),
})
export type HealthStatus = Static<typeof HealthStatus>

/** What WhatsApp wants somebody to know: `account_alerts` that are active. */
export const Notice = Type.Object({
  type: Type.String(),
  severity: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  atMs: AtMs,
})
export type Notice = Static<typeof Notice>

/** What every row that is checked carries. */
export const checked = {
  notices: Type.Optional(Type.Array(Notice)),
  /** By the name of the fact, which is its member's. */
  turns: Type.Optional(Type.Record(Type.String(), Turn)),
  /** By the name of the question, see core/verification/checks.ts. */
  checks: Type.Optional(Type.Record(Type.String(), Check)),
}

/** What is known of a number beside what core/domain/people.ts names. */
export const numberTruth = {
  /** The last display name that was asked for and is not in force. */
  requestedNameStatus: Type.Optional(Type.String()),
  nameRejection: Type.Optional(Type.String()),
  /** An approved name that takes effect with the next registration. */
  hasNewCertificate: Type.Optional(Type.Boolean()),
  officialStatus: Type.Optional(Type.String()),
  officialMessage: Type.Optional(Type.String()),
  codeVerification: Type.Optional(Type.String()),
  accountMode: Type.Optional(Type.String()),
  /** `NOT_APPLICABLE`: not registered. */
  platform: Type.Optional(Type.String()),
  healthStatus: Type.Optional(HealthStatus),
  /** Where WhatsApp keeps what is sent and received, where somebody chose a place. */
  storageStatus: Type.Optional(Type.String()),
  storageRegion: Type.Optional(Type.String()),
  /** Somebody asked WhatsApp to reset the two-step PIN. */
  pinResetAtMs: Type.Optional(AtMs),
  /** When WhatsApp last called about it, as of the last check. */
  heardAtMs: Type.Optional(AtMs),
  /** WhatsApp has not called although it usually does; `usual` calls would have been expected since. */
  silence: Type.Optional(Type.Object({ sinceMs: AtMs, usual: Type.Integer({ minimum: 0 }) })),
  ...checked,
}

import type { Account } from '../domain/account.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { OwnNumber } from '../domain/people.ts'
import type { HealthStatus } from '../domain/verification.ts'
import type { PhraseKey } from '../text/say.ts'
import { worded } from './phrase.ts'
import { isWord } from './words.ts'

export type Trouble = {
  isBlocked: boolean
  /** WhatsApp's kind of entity. */
  kind: string
  entity: Phrase
  code: string | undefined
  reason: Phrase
  solution: string | undefined
}

const entities: Readonly<Record<string, PhraseKey>> = {
  phone_number: 'verification.entity-number',
  waba: 'verification.entity-account',
  business: 'verification.entity-business',
  app: 'verification.entity-app',
  message_template: 'verification.entity-template',
}

/** The number's own health where it has one, else its account's. */
export function healthFor(
  number: OwnNumber | undefined,
  account: Account | undefined,
): HealthStatus | undefined {
  return number?.healthStatus ?? account?.healthStatus
}

/** Every entity that cannot send as it should, what blocks before what limits. */
export function troublesIn(health: HealthStatus | undefined): Trouble[] {
  const troubles = (health?.entities ?? []).flatMap((entity): Trouble[] => {
    const isBlocked = isWord(entity.canSend, 'blocked')
    if (!isBlocked && !isWord(entity.canSend, 'limited')) return []
    const key = entities[entity.kind.toLowerCase()]
    const about = {
      isBlocked,
      kind: entity.kind,
      entity: key === undefined ? { raw: entity.kind } : { key },
    }
    const [error] = entity.errors
    if (error === undefined) {
      const [note] = entity.notes
      const reason = note === undefined ? { key: 'verification.unknown' } : { raw: note }
      return [{ ...about, code: undefined, reason, solution: undefined }]
    }
    return entity.errors.map(({ code, description, solution }) => ({
      ...about,
      code,
      reason: errorText(code, description),
      solution,
    }))
  })
  return troubles.sort((a, b) => Number(b.isBlocked) - Number(a.isBlocked))
}

function errorText(code: string, description: string | undefined): Phrase {
  const known = worded(`verification.error-${code}`, code)
  return 'key' in known || description === undefined ? known : { raw: description }
}

/** Whether WhatsApp misses a way to be paid. @see facts 7.7 */
export function isPaymentMissing(
  number: OwnNumber | undefined,
  account: Account | undefined,
): boolean {
  if (account?.hasPaymentMethod === false) return true
  const health = [number?.healthStatus, account?.healthStatus]
  return health.some((one) => troublesIn(one).some(({ code }) => code === paymentCode))
}

export const paymentCode = '141006'

import type { OwnNumber } from '../domain/people.ts'
import type { Phrase } from '../domain/phrase.ts'
import { worded } from './phrase.ts'

/** Why WhatsApp refused a display name. */
export function refusalReason({ nameRejection = 'UNKNOWN' }: OwnNumber): Phrase {
  return worded(`verification.reason-${nameRejection}`, nameRejection)
}

/** Why a number cannot send, by the error that said so. */
export function healthReason({ healthReason: code = '' }: OwnNumber): Phrase {
  return worded(`verification.error-${code}`, code)
}

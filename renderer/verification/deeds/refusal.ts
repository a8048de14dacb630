import { AppError } from '../../../core/lib/errors.ts'
import { errorText } from '../../bridge/error-text.ts'
import { t } from '../../ui/i18n.svelte.ts'

/** What WhatsApp says no for, where it can be said better than WhatsApp does. @see facts 9 */
const reasons = {
  133005: 'numbers.refused-pin',
  133006: 'numbers.refused-unconfirmed',
  133008: 'numbers.refused-guesses',
  133009: 'numbers.refused-fast',
  133010: 'numbers.refused-unregistered',
  133015: 'numbers.refused-waiting',
  133016: 'numbers.refused-often',
  136024: 'numbers.refused-code',
} as const

/** Why a deed was not done, in words a person can act on; what only WhatsApp can say is said in its words. */
export function refusalText(error: unknown): string {
  if (!(error instanceof AppError) || error.code !== 'whatsapp') return errorText(error)
  const { code, title } = asRecord(error.details)
  const known = Number(code) as keyof typeof reasons // asked for just now
  if (Object.hasOwn(reasons, known)) return t(reasons[known])
  if (typeof title !== 'string') return t('numbers.refused')
  return t('numbers.refusedBecause', { reason: title, code: String(code) })
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

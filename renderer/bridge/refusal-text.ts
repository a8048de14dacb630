import { AppError } from '../../core/lib/errors.ts'
import { t } from '../ui/i18n.svelte.ts'
import '../ui/late-texts.ts'
import { errorText } from './error-text.ts'

/** What went wrong, with WhatsApp's own words where it has some. For what is fetched when it is wanted. */
export function refusalText(error: unknown): string {
  const words = told(error, 'details') ?? told(error, 'title')
  if (typeof words !== 'string' || words === '') return errorText(error)
  return `${errorText(error)} ${t('presence.whatsappSays', { words })}`
}

/** WhatsApp's number for the reason, where WhatsApp refused. */
export function refusalCode(error: unknown): number | undefined {
  const code = told(error, 'code')
  return typeof code === 'number' ? code : undefined
}

function told(error: unknown, member: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'whatsapp') return undefined
  const { details } = error
  return typeof details === 'object' && details !== null ? Reflect.get(details, member) : undefined
}

import { AppError, type ErrorCode } from '../../core/lib/errors.ts'
import { t } from '../ui/i18n.svelte.ts'

/** What went wrong in words a person can act on. A bug says so without its details. */
export function errorText(error: unknown): string {
  const code: ErrorCode = error instanceof AppError ? error.code : 'internal'
  return t(`errors.${code}`)
}

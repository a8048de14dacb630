import { AppError } from '../../core/lib/errors.ts'
import { errorText } from '../bridge/error-text.ts'
import { t } from '../ui/i18n.svelte.ts'

/** Fewer are not asked of the first administrator; the server asks the same. */
export const leastPasswordLength = 12

/** What is wrong with an e-mail address, as far as a form can tell; the server has the last word. */
export function emailError(email: string): string | undefined {
  if (email.trim() === '') return t('signin.emailMissing')
  return /^\S+@\S+$/.test(email.trim()) ? undefined : t('signin.emailWrong')
}

/** Why a server could not be asked, naming it. */
export function serverError(error: unknown, serverUrl: string): string {
  const code = error instanceof AppError ? error.code : 'internal'
  if (code === 'offline') return t('signin.serverSilent', { server: hostOf(serverUrl) })
  if (code === 'version-mismatch') return t('signin.serverOld')
  return errorText(error)
}

/** `kontor.firma.de` of whatever was typed or kept. */
export function hostOf(serverUrl: string): string {
  return serverUrl
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
}

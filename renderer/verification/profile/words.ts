import type { Flaw } from '../../../core/domain/flaw.ts'
import type { Reading } from '../../../core/domain/profile.ts'
import { AppError } from '../../../core/lib/errors.ts'
import { errorText } from '../../bridge/error-text.ts'
import { formatDate, formatTime } from '../../ui/format.ts'
import { t } from '../../ui/i18n.svelte.ts'

/** That what is shown is older than this moment; empty when it is not. */
export function ageText(reading: Reading | null): string {
  if (reading === null || reading.trouble === null) return ''
  return t('presence.asOf', { when: momentText(reading.readAt) })
}

/** `24.11.2026, 09:30` */
export function momentText(at: string): string {
  const atMs = Date.parse(at)
  return `${formatDate(atMs)}, ${formatTime(atMs)}`
}

/** What went wrong, with WhatsApp's own words where it has some. */
export function failureText(error: unknown): string {
  const words = whatsappWords(error)
  if (words === null) return errorText(error)
  return `${errorText(error)} ${t('presence.whatsappSays', { words })}`
}

function whatsappWords(error: unknown): string | null {
  if (!(error instanceof AppError) || error.code !== 'whatsapp') return null
  const { details } = error
  if (typeof details !== 'object' || details === null) return null
  const words: unknown = Reflect.get(details, 'details') ?? Reflect.get(details, 'title')
  return typeof words === 'string' && words !== '' ? words : null
}

/** WhatsApp's number for the reason, where WhatsApp refused. */
export function whatsappCode(error: unknown): number | null {
  if (!(error instanceof AppError) || error.code !== 'whatsapp') return null
  const { details } = error
  const code: unknown = typeof details === 'object' && details !== null ? Reflect.get(details, 'code') : undefined
  return typeof code === 'number' ? code : null
}

/** What is wrong with the member at this place; undefined when nothing is. */
export function flawText(flaws: readonly Flaw[], at: string): string | undefined {
  const flaw = flaws.find((one) => one.at === at)
  if (flaw === undefined) return undefined
  if (flaw.rule === 'malformed') {
    if (at === '/email') return t('presence.flaw-email')
    if (at.startsWith('/websites')) return t('presence.flaw-website')
    if (at.startsWith('/commands')) return t('presence.flaw-command')
  }
  return flaw.rule === 'too-old' ? t('presence.flaw-malformed') : t(`presence.flaw-${flaw.rule}`)
}

import type { Flaw } from '../../../core/domain/flaw.ts'
import type { Reading } from '../../../core/domain/profile.ts'
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

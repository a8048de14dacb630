import type { SearchAnswer } from '../../core/contract/views.ts'
import { formatNumber } from '../ui/format.ts'
import { t } from '../ui/i18n.svelte.ts'

type Searched = { answer: SearchAnswer | null; hasFailed: boolean }

/** What is said of an answer under the list; empty while there is nothing to say. */
export function statusOf(asked: string, { answer, hasFailed }: Searched, lines: number): string {
  if (asked.startsWith('#')) return lines === 0 ? t('search.nothing') : ''
  if (asked === '' || asked.startsWith('>')) return ''
  if (hasFailed) return t('search.failed')
  if (answer === null) return ''
  const { total: count } = answer
  const found = count > 0 ? t('search.found', { count, number: formatNumber(count) }) : ''
  if (!answer.isComplete) return [found, t('search.reading')].filter(Boolean).join(' · ')
  return lines === 0 ? t('search.nothing') : found
}

import { formatNumber } from './format.ts'
import { language } from './i18n.svelte.ts'

/** `15,98 €`; a code that is no currency stands behind the number as it came. */
export function formatMoney(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language() === 'de' ? 'de-DE' : 'en-GB', {
      style: 'currency',
      currency,
    }).format(amount)
  } catch {
    return `${formatNumber(amount)} ${currency}`
  }
}

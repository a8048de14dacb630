import { formatDate } from '../../ui/format.ts'
import { language, t } from '../../ui/i18n.svelte.ts'

const categories = [
  'marketing',
  'marketing_lite',
  'utility',
  'authentication',
  'authentication_international',
  'service',
  'referral_conversion',
] as const

/** What is charged, in words; WhatsApp's own word where we have none. */
export function categoryText(category: string): string {
  const known = categories.find((one) => one === category)
  return known === undefined ? category : t(`cost.category-${known}`)
}

/** `Deutschland` for `DE`; empty is a country nobody knows. */
export function countryText(country: string): string {
  if (country === '') return t('cost.unknownCountry')
  return new Intl.DisplayNames([language()], { type: 'region' }).of(country) ?? country
}

/** `01.11.2026` for `2026-11-01`. */
export function dayText(day: string): string {
  return formatDate(Date.parse(`${day}T12:00:00`))
}

/** `80 %` */
export function percentText(share: number): string {
  return new Intl.NumberFormat(language() === 'de' ? 'de-DE' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 0,
  }).format(share)
}

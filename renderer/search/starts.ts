import type { OwnNumber } from '../../core/domain/people.ts'
import { t } from '../ui/i18n.svelte.ts'
import type { Command } from './options.ts'

/** What was typed is a phone number with its country's code: enough of one to write to. */
const phone = /^(\+|00)[\d\s()/.-]{7,38}$/
const fewestDigits = 8

/** Writing to a number that was typed, from each of ours: how a conversation begins that the contact has not begun. */
export function starts(
  query: string,
  numbers: readonly OwnNumber[],
  begin: (phone: string, number: OwnNumber) => void,
): Command[] {
  const typed = query.trim()
  if (!phone.test(typed) || typed.replace(/\D/g, '').length < fewestDigits) return []
  const international = typed.replace(/^00/, '+')
  return numbers.map((number): Command => {
    const from = number.name ?? number.displayPhone ?? number.phoneNumberId
    return {
      key: `start-${number.id}`,
      label: t('search.writeTo', { phone: international, number: from }),
      run: () => begin(international, number),
    }
  })
}

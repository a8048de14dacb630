import { listAt, textAt } from '../foreign.ts'

/** What a contact card says. */
export type Card = {
  name: string | null
  /** With the position, where it is told. */
  company: string | null
  phones: string[]
  /** Mail and postal addresses, web pages, the birthday: one line each. */
  more: string[]
}

export function cardOf(card: unknown): Card {
  const org = [textAt(card, 'org', 'title'), textAt(card, 'org', 'department')]
  const company = [textAt(card, 'org', 'company'), ...org].filter((one) => one !== null)
  const phones = listAt(card, 'phones').map(
    (phone) => textAt(phone, 'phone') ?? plus(textAt(phone, 'wa_id')),
  )
  const more = [
    ...listAt(card, 'emails').map((email) => textAt(email, 'email')),
    ...listAt(card, 'urls').map((url) => textAt(url, 'url')),
    ...listAt(card, 'addresses').map(addressOf),
    textAt(card, 'birthday'),
  ]
  return {
    name: textAt(card, 'name', 'formatted_name') ?? textAt(card, 'name', 'first_name'),
    company: company.length === 0 ? null : company.join(' · '),
    phones: phones.filter((phone) => phone !== null),
    more: more.filter((line) => line !== null),
  }
}

function addressOf(address: unknown): string | null {
  const city = [textAt(address, 'zip'), textAt(address, 'city')].filter((one) => one !== null)
  const parts = [textAt(address, 'street'), city.join(' '), textAt(address, 'country')]
  const line = parts.filter((one) => one !== null && one !== '').join(', ')
  return line === '' ? null : line
}

function plus(digits: string | null): string | null {
  return digits === null ? null : `+${digits}`
}

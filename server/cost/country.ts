import { parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * The country WhatsApp charges a message to: that of the number's calling code, else the one a user id begins with.
 * Where countries share a code and the number does not tell, it is the code's main country.
 *
 * @returns ISO 3166; null when neither tells
 */
export function countryOf(phone: string | null, userId: string | null): string | null {
  const number = phone === null ? undefined : parsePhoneNumberFromString(phone)
  const named = number?.country ?? number?.getPossibleCountries()[0]
  return named ?? /^([A-Z]{2})\./.exec(userId ?? '')?.[1] ?? null
}

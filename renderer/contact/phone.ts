/** Country codes of one and two digits in use; every other is three long. @see ITU-T E.164 Annex D */
const short = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/** `+49 40 1234 0101` for `+494012340101`: country, then groups that can be read out. Other text stays as it is. */
export function formatPhone(phone: string): string {
  const digits = /^\+(\d{5,15})$/.exec(phone)?.[1]
  if (digits === undefined) return phone
  const country = short.exec(digits)?.[0] ?? digits.slice(0, 3)
  const rest = digits.slice(country.length)
  const first = rest.length % 4 === 0 ? 4 : rest.length % 4 === 1 ? 5 : rest.length % 4
  const groups = [rest.slice(0, first), ...(rest.slice(first).match(/\d{4}/g) ?? [])]
  return `+${country} ${groups.join(' ')}`
}

import type parsePhoneNumber from 'libphonenumber-js/min'

let parse = $state.raw<typeof parsePhoneNumber>()

/** How each country groups its numbers is a large table: fetched with the first number, which is shown plain until then. */
async function fetchRules(): Promise<void> {
  parse ??= (await import('libphonenumber-js/min')).default
}

/** `+49 40 12340101` for `+494012340101`, the way its country writes it. Other text stays as it is. */
export function formatPhone(phone: string): string {
  if (parse === undefined) {
    void fetchRules()
    return phone
  }
  return parse(phone)?.formatInternational() ?? phone
}

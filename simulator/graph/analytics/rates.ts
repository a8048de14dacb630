/**
 * List prices of one message in US dollars, from Meta's card of 2026-10-01: marketing, and everything else.
 * @see https://developers.facebook.com/docs/whatsapp/pricing
 */
type Rate = readonly [marketing: number, other: number]

const westernEurope: Rate = [0.0592, 0.0171]
const easternEurope: Rate = [0.086, 0.0212]
const elsewhere: Rate = [0.0604, 0.0077]

const rates: Record<string, Rate | undefined> = {
  DE: [0.1365, 0.055],
  FR: [0.0859, 0.03],
  IT: [0.0795, 0.03],
  ES: [0.0707, 0.02],
  NL: [0.1597, 0.05],
  PL: [0.0366, 0.0122],
  RO: [0.086, 0.029],
  HU: [0.086, 0.035],
  GB: [0.0635, 0.022],
  UA: [0.086, 0.0298],
  TR: [0.0109, 0.0009],
  US: [0.025, 0.0034],
  CA: [0.025, 0.0034],
  IN: [0.0118, 0.0014],
  BR: [0.0625, 0.0068],
  MX: [0.0397, 0.0085],
  AE: [0.0576, 0.0157],
  ...sharing(westernEurope, 'AT BE CH DK FI IE NO PT SE'),
  ...sharing(easternEurope, 'CZ GR BG HR SK SI LT LV RS'),
}

function sharing(rate: Rate, countries: string): Record<string, Rate> {
  return Object.fromEntries(countries.split(' ').map((country) => [country, rate]))
}

/** @param category in lower case, as a status webhook names it */
export function rateOf(country: string, category: string): number {
  const [marketing, other] = rates[country] ?? elsewhere
  return category.startsWith('marketing') ? marketing : other
}

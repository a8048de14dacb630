import Type, { type Static } from 'typebox'
import { firstFault, type Fault } from '../lib/fault.ts'
import { startOf } from './zoned.ts'

/** What a message costs in a market, in whole units of the currency. A word without a rate is not priced. */
const Prices = {
  marketing: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  utility: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  authentication: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  authentication_international: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  service: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
}
export type RateName = keyof typeof Prices
const rateNames = Object.keys(Prices) as RateName[] // keys of a literal: exactly the rates

const Market = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    /** ISO 3166; `*` is every country that no other market of the card names. */
    countries: Type.Array(Type.String({ pattern: '^([A-Z]{2}|\\*)$' }), { minItems: 1 }),
    ...Prices,
  },
  { additionalProperties: false },
)

/** The rates as a person writes them down: one card for each day on which WhatsApp changed them. */
const RateFile = Type.Object(
  {
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    /** The account's own, in which its billing months turn. */
    time_zone: Type.String({ minLength: 1, maxLength: 64 }),
    card: Type.Array(
      Type.Object(
        {
          valid_from: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }),
          source: Type.String({ minLength: 1, maxLength: 1000 }),
          note: Type.Optional(Type.String({ maxLength: 2000 })),
          /** Delivered free-form messages a month and number that cost nothing. */
          free_service_messages: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
          market: Type.Array(Market, { minItems: 1 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
)

export type RateCard = {
  /** `2026-10-01` */
  validFrom: string
  validFromMs: number
  source: string
  note: string | null
  freeServiceMessages: number
  /** Micro-units by country and rate. */
  markets: ReadonlyMap<string, Partial<Record<RateName, number>>>
}

/** Every rate there is, the oldest card first. */
export type Rates = { currency: string; timeZone: string; cards: readonly RateCard[] }

/** Checks what a file of rates says. `at` of the fault is a JSON pointer into it. */
export function readRates(value: unknown): Rates | { fault: Fault } {
  const fault = firstFault(RateFile, value)
  if (fault !== undefined) return { fault }
  const file = value as Static<typeof RateFile> // firstFault found nothing that the schema does not allow
  const { currency, time_zone: timeZone } = file
  if (!isTimeZone(timeZone)) {
    return { fault: { at: '/time_zone', reason: 'must be a zone such as Europe/Berlin' } }
  }
  const twice = file.card.flatMap(({ valid_from, market }, index) => [
    ...(file.card.findIndex((one) => one.valid_from === valid_from) === index
      ? []
      : [{ at: `/card/${index}/valid_from`, reason: `${valid_from} is there twice` }]),
    ...twiceIn(market).map((country) => ({
      at: `/card/${index}/market`,
      reason: `${country} is in two markets`,
    })),
  ])
  const [first] = twice
  if (first !== undefined) return { fault: first }
  const cards = file.card
    .map((card) => cardOf(card, timeZone))
    .sort((a, b) => a.validFromMs - b.validFromMs)
  return { currency, timeZone, cards }
}

/** The card in force at a moment; undefined before the first. */
export function cardAt({ cards }: Rates, atMs: number): RateCard | undefined {
  return cards.findLast(({ validFromMs }) => validFromMs <= atMs)
}

/** Micro-units for one message; undefined when the card does not say. */
export function rateOf(
  { markets }: RateCard,
  country: string | null,
  name: RateName,
): number | undefined {
  const market = country === null ? undefined : (markets.get(country) ?? markets.get('*'))
  return market?.[name]
}

function cardOf(card: Static<typeof RateFile>['card'][number], timeZone: string): RateCard {
  const markets = new Map<string, Partial<Record<RateName, number>>>()
  for (const market of card.market) {
    const rates: Partial<Record<RateName, number>> = {}
    for (const name of rateNames) {
      const price = market[name]
      if (price !== undefined) rates[name] = Math.round(price * 1_000_000)
    }
    for (const country of market.countries) markets.set(country, rates)
  }
  return {
    validFrom: card.valid_from,
    validFromMs: startOf(card.valid_from, timeZone),
    source: card.source,
    note: card.note ?? null,
    freeServiceMessages: card.free_service_messages,
    markets,
  }
}

function twiceIn(markets: Static<typeof Market>[]): string[] {
  const all = markets.flatMap(({ countries }) => countries)
  return all.filter((country, index) => all.indexOf(country) !== index)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

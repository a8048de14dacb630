import Type, { type Static } from 'typebox'

/** What the firm wants to spend in a month, in micro-units of the rates' currency, and at which parts to say so. */
export const Budget = Type.Object({
  amountMicros: Type.Integer({ minimum: 1, maximum: 1_000_000_000_000_000 }),
  /** Per cent. */
  thresholds: Type.Array(Type.Integer({ minimum: 1, maximum: 1000 }), {
    minItems: 1,
    maxItems: 5,
    uniqueItems: true,
  }),
})
export type Budget = Static<typeof Budget>

export const Day = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'A day in the account’s time zone',
})
const Micros = Type.Integer({ description: 'Millionths of the currency' })

/** What messages cost in a span, as far as delivery reports and the list of rates tell. */
export const CostReport = Type.Object({
  /** First and last day of the answer, both in it. */
  from: Day,
  to: Day,
  timeZone: Type.String(),
  currency: Type.String(),
  amountMicros: Micros,
  /** Of the whole month if it goes on like this; null unless this month so far was asked for, and on its first day. */
  forecastMicros: Type.Union([Micros, Type.Null()]),
  items: Type.Array(
    Type.Object({
      numberId: Type.String(),
      country: Type.Union([Type.String(), Type.Null()]),
      category: Type.String({ description: 'WhatsApp’s word, such as service or marketing' }),
      messages: Type.Integer({ description: 'Delivered: the sum of free, billed and unpriced' }),
      free: Type.Integer(),
      billed: Type.Integer(),
      unpriced: Type.Integer({ description: 'The rates say nothing of these' }),
      amountMicros: Micros,
    }),
  ),
  budget: Type.Union([
    Type.Object({
      ...Budget.properties,
      reached: Type.Array(Type.Integer(), {
        description: 'Per cent; told for all numbers and this month so far only',
      }),
    }),
    Type.Null(),
  ]),
  rates: Type.Object({
    origin: Type.Enum(['own', 'shipped']),
    validFrom: Type.Union([Day, Type.Null()]),
    source: Type.Union([Type.String(), Type.Null()]),
    note: Type.Union([Type.String(), Type.Null()]),
    freeServiceMessages: Type.Integer({ description: 'A month and number' }),
    problem: Type.Union([Type.String(), Type.Null()], {
      description: 'Why an edited list of rates is not used',
    }),
  }),
  notice: Type.String(),
})
export type CostReport = Static<typeof CostReport>

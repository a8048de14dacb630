import Type, { type Static } from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import { thresholdsReached } from '../../core/metrics/cost.ts'
import { dayOf, startOf, type Span } from '../../core/metrics/zoned.ts'
import { Budget, readBudget, writeBudget } from '../cost/budget.ts'
import { estimate, monthSpan } from '../cost/estimate.ts'
import type { ReadRates } from '../cost/rates-file.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'

const Day = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'A day in the account’s time zone',
})
const Micros = Type.Integer({ description: 'Millionths of the currency' })

const CostShape = Type.Object({
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
      reached: Type.Array(Type.Integer({ description: 'Per cent' })),
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

export type CostOptions = { db: Database; readRates: ReadRates; nowMs: () => number }

/** What WhatsApp charges, over HTTP. A Fastify plugin. */
export async function cost(app: App, options: CostOptions): Promise<void> {
  const { db, readRates, nowMs } = options
  app.get(
    '/api/v1/cost',
    {
      config: { access: { verb: 'read-cost' } },
      schema: {
        summary: 'What messages cost at list price, by number, country and category',
        description:
          'Without days, this month so far. An estimate from delivery reports, before volume tiers and taxes: no invoice of Meta’s.',
        querystring: Type.Object({
          from: Type.Optional(Day),
          to: Type.Optional(Day),
          number: Type.Optional(Type.String({ maxLength: 64 })),
        }),
        response: { 200: CostShape },
      },
    },
    async ({ query }) => {
      const inForce = readRates()
      const span = spanOf(query, inForce.rates, nowMs())
      const found = await estimate(db, inForce.rates, span, nowMs(), query.number)
      return show(found, inForce, span, await readBudget(db))
    },
  )

  app.put(
    '/api/v1/cost/budget',
    {
      config: { access: { verb: 'manage-cost' } },
      schema: {
        summary: 'What may be spent in a month, and at which parts of it an alarm is raised',
        body: Type.Object(
          { budget: Type.Union([Budget, Type.Null()]) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ budget: Type.Union([Budget, Type.Null()]) }) },
      },
    },
    async (request) => {
      const { budget } = request.body
      await writeBudget(db, budget, { name: actorOf(request).user.name, atMs: nowMs() })
      return { budget }
    },
  )
}

type Query = { from?: string | undefined; to?: string | undefined }
type InForce = ReturnType<ReadRates>

/** @throws AppError bad-request for days that are none, or the wrong way round */
function spanOf({ from, to }: Query, rates: InForce['rates'], nowMs: number): Span {
  const month = monthSpan(rates, nowMs)
  const fromMs = from === undefined ? month.fromMs : startOf(realDay(from, 'from'), rates.timeZone)
  const toMs =
    to === undefined ? Math.max(nowMs, fromMs) : startOf(nextDay(realDay(to, 'to')), rates.timeZone)
  if (toMs > fromMs || to === undefined) return { fromMs, toMs }
  throw new AppError('bad-request', 'to lies before from', { details: { at: '/querystring/to' } })
}

function realDay(day: string, name: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  if (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)) return day
  throw new AppError('bad-request', `${name} is no day`, {
    details: { at: `/querystring/${name}` },
  })
}

function nextDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().slice(0, 10)
}

function show(
  { lines, amountMicros, forecastMicros, card }: Awaited<ReturnType<typeof estimate>>,
  { rates, origin, problem }: InForce,
  span: Span,
  budget: Budget | null,
): Static<typeof CostShape> {
  const { currency, timeZone } = rates
  return {
    from: dayOf(span.fromMs, timeZone),
    to: dayOf(Math.max(span.fromMs, span.toMs - 1), timeZone),
    ...{ timeZone, currency, amountMicros, forecastMicros },
    items: lines.map(({ listMicros: _list, ...line }) => line),
    budget:
      budget === null ? null : { ...budget, reached: thresholdsReached(amountMicros, budget) },
    rates: {
      ...{ origin, problem },
      validFrom: card?.validFrom ?? null,
      source: card?.source ?? null,
      note: card?.note ?? null,
      freeServiceMessages: card?.freeServiceMessages ?? 0,
    },
    notice: 'An estimate from delivery reports at list price, no invoice of Meta’s.',
  }
}

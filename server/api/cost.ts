import Type from 'typebox'
import { Budget, CostReport, Day } from '../../core/domain/cost-report.ts'
import { AppError } from '../../core/lib/errors.ts'
import { thresholdsReached } from '../../core/metrics/cost.ts'
import { dayOf, startOf, type Span } from '../../core/metrics/zoned.ts'
import { readBudget, writeBudget } from '../cost/budget.ts'
import { estimate, monthSpan } from '../cost/estimate.ts'
import type { ReadRates } from '../cost/rates-file.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'

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
        response: { 200: CostReport },
      },
    },
    async ({ query }) => {
      const inForce = readRates()
      const span = spanOf(query, inForce.rates, nowMs())
      const found = await estimate(db, inForce.rates, span, nowMs(), query.number)
      const budget = await readBudget(db)
      const isWhole = query.number === undefined && found.isThisMonth
      return show(found, inForce, span, budget, isWhole)
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
  isWhole: boolean,
): CostReport {
  const { currency, timeZone } = rates
  return {
    from: dayOf(span.fromMs, timeZone),
    to: dayOf(Math.max(span.fromMs, span.toMs - 1), timeZone),
    ...{ timeZone, currency, amountMicros, forecastMicros },
    items: lines.map(({ listMicros: _list, ...line }) => line),
    budget:
      budget === null
        ? null
        : { ...budget, reached: isWhole ? thresholdsReached(amountMicros, budget) : [] },
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

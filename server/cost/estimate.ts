import { CostTally, forecastMonth, type CostLine } from '../../core/metrics/cost.ts'
import { cardAt, type RateCard, type Rates } from '../../core/metrics/rates.ts'
import { monthOf, spanOfMonth, type Span } from '../../core/metrics/zoned.ts'
import type { Database } from '../store/database.ts'
import { readDelivered } from './delivered.ts'

export type Estimate = {
  lines: CostLine[]
  amountMicros: number
  /** Of the whole month, when the span is this month so far; null when it cannot be said. */
  forecastMicros: number | null
  /** The span is this month so far. */
  isThisMonth: boolean
  /** The rates of the span's last moment. */
  card: RateCard | null
}

/** What was delivered in a span, and what that costs. The messages before it in its first month are read too: they used up free ones. */
export async function estimate(
  db: Database,
  rates: Rates,
  span: Span,
  nowMs: number,
  numberId?: string,
): Promise<Estimate> {
  const tally = new CostTally(rates, span.fromMs)
  const fromMs = monthSpan(rates, span.fromMs).fromMs
  for await (const message of readDelivered(db, { ...span, fromMs }, numberId)) tally.add(message)
  const lines = tally.lines()
  const month = monthSpan(rates, nowMs)
  const card = cardAt(rates, Math.min(span.toMs, nowMs)) ?? null
  const isThisMonth = span.fromMs === month.fromMs && span.toMs >= nowMs
  const free = card?.freeServiceMessages ?? 0
  return {
    lines,
    amountMicros: lines.reduce((sum, line) => sum + line.amountMicros, 0),
    forecastMicros: isThisMonth ? forecastMonth(lines, month, nowMs, free) : null,
    isThisMonth,
    card,
  }
}

/** The account's month that a moment lies in. */
export function monthSpan({ timeZone }: Rates, atMs: number): Span {
  return spanOfMonth(monthOf(atMs, timeZone), timeZone)
}

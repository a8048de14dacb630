import { thresholdsReached } from '../../core/metrics/cost.ts'
import { monthOf } from '../../core/metrics/zoned.ts'
import { readBudget } from '../cost/budget.ts'
import { estimate, monthSpan } from '../cost/estimate.ts'
import type { ReadRates } from '../cost/rates-file.ts'
import type { Database } from '../store/database.ts'
import type { Alerts } from './alerts.ts'

/**
 * Raises `budget-reached` for each part of the month's budget that is used up: once, for its subject names month and
 * part. With the month it is over.
 */
export async function watchBudget(parts: {
  db: Database
  alerts: Alerts
  readRates: ReadRates
  nowMs: () => number
}): Promise<void> {
  const { db, alerts } = parts
  const budget = await readBudget(db)
  if (budget === null) return alerts.settle('budget-reached', [])
  const nowMs = parts.nowMs()
  const { rates } = parts.readRates()
  const { amountMicros } = await estimate(db, rates, monthSpan(rates, nowMs), nowMs)
  const month = monthOf(nowMs, rates.timeZone)
  await alerts.settle(
    'budget-reached',
    thresholdsReached(amountMicros, budget).map((percent) => ({
      subject: `${month} ${percent}`,
      details: { month, percent, budgetMicros: budget.amountMicros, currency: rates.currency },
    })),
  )
}

import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { readSetting, writeSetting, type By } from '../presence/firm-settings.ts'
import type { Database } from '../store/database.ts'

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

const name = 'cost-budget'

export async function readBudget(db: Database): Promise<Budget | null> {
  const kept = await readSetting(db, name)
  return Value.Check(Budget, kept) ? kept : null
}

export function writeBudget(db: Database, budget: Budget | null, by: By): Promise<void> {
  return writeSetting(db, name, budget, by)
}

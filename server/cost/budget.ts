import Value from 'typebox/value'
import { Budget } from '../../core/domain/cost-report.ts'
import { readSetting, writeSetting, type By } from '../presence/firm-settings.ts'
import type { Database } from '../store/database.ts'

const name = 'cost-budget'

export async function readBudget(db: Database): Promise<Budget | null> {
  const kept = await readSetting(db, name)
  return Value.Check(Budget, kept) ? kept : null
}

export function writeBudget(db: Database, budget: Budget | null, by: By): Promise<void> {
  return writeSetting(db, name, budget, by)
}

import type { NumberView } from '../../core/domain/ledger.ts'
import { numberViews } from '../../core/verification/overview.ts'
import type { Database } from '../store/database.ts'

/** Every number with its ledger and advice, the worst first, and when WhatsApp last called about it. */
export async function readViews(
  db: Database,
  nowMs: number,
): Promise<{ view: NumberView; heardAt: Date | null }[]> {
  const numbers = await db
    .selectFrom('number')
    .leftJoin('number_heard', 'number_heard.phone_number_id', 'number.phone_number_id')
    .select(['number.data', 'number_heard.heard_at'])
    .where('number.deleted_at', 'is', null)
    .execute()
  const accounts = await db
    .selectFrom('waba')
    .select('data')
    .where('deleted_at', 'is', null)
    .execute()
  const heardAt = new Map(numbers.map(({ data, heard_at }) => [data.id, heard_at]))
  const rows = numbers.map(({ data, heard_at }) =>
    heard_at === null ? data : { ...data, heardAtMs: heard_at.getTime() },
  )
  const views = numberViews(
    rows,
    accounts.map(({ data }) => data),
    nowMs,
  )
  return views.map((view) => ({ view, heardAt: heardAt.get(view.number.id) ?? null }))
}

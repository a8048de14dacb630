import type { OwnNumber } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'

/** @throws AppError not-found */
export async function findNumber(db: Database, id: string): Promise<OwnNumber> {
  const row = await db
    .selectFrom('number')
    .select('data')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new AppError('not-found', 'no such number')
  return row.data
}

import { sql, type RawBuilder } from 'kysely'
import { AppError } from '../../core/lib/errors.ts'

const dayMs = 86_400_000

/** The place of a row in a list ordered by a time and, where that is equal, by id; newest first. */
export function placeOf(atMs: number, id: string): string {
  return `${atMs} ${id}`
}

/**
 * Only the rows behind that place. `at` and `id` are the columns the list is ordered by.
 *
 * @throws AppError `bad-request` for a place of some other list
 */
export function isBehind(
  place: string,
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const match = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(place)
  if (match === null) {
    const details = { at: '/querystring/cursor' }
    throw new AppError('bad-request', 'the cursor is of another list', { details })
  }
  return sql<boolean>`(${at}, ${id}) < (${match[1]}::bigint, ${match[2]}::text)`
}

/** The day of a place, as in columns that count days. */
export function dayOf(place: string): number {
  return Math.floor(Number.parseInt(place) / dayMs)
}

import Type, { type Static, type TSchema } from 'typebox'
import { AppError } from '../../core/lib/errors.ts'

/** Query of every list. */
export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ description: 'nextCursor of the page before' })),
})
export type PageQuery = Static<typeof PageQuery>

const defaultLimit = 50

export function pageOf<S extends TSchema>(item: S) {
  return Type.Object({
    items: Type.Array(item),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  })
}

/**
 * Where a page begins and how many rows to ask for: one more than it shows, which tells whether there is a next one.
 * `after` is '' at the beginning.
 *
 * @throws AppError bad-request for a cursor that none of our pages gave
 */
export function startOfPage(query: PageQuery): { after: string; limit: number; ask: number } {
  const limit = query.limit ?? defaultLimit
  return { after: query.cursor === undefined ? '' : decode(query.cursor), limit, ask: limit + 1 }
}

/** A page of the rows found, with the place of its last row as the next cursor. */
export function page<T>(rows: readonly T[], limit: number, placeOf: (row: T) => string) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { items, nextCursor: hasMore ? encode(placeOf(last)) : null }
}

function encode(place: string): string {
  return Buffer.from(`1 ${place}`).toString('base64url')
}

function decode(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (text.startsWith('1 ')) return text.slice(2)
  throw new AppError('bad-request', 'the cursor is none of ours', {
    details: { at: '/querystring/cursor' },
  })
}

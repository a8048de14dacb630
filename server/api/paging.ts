import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'

/** What every list takes. */
export const listQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}
export const defaultLimit = 50

/** The place of a row in a list that is ordered by a number and, where that is equal, by id. */
export type Place = { at: number; id: string }

export function cursorOf({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url')
}

/** @throws AppError `bad-request` for what is none of our cursors */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const match = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new AppError('bad-request', 'this is no cursor of this list', {
      details: { at: '/querystring/cursor' },
    })
  }
  return { at: Number(match[1]), id: match[2] }
}

/** Cuts rows, of which one more than the page was asked for, to a page. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Place,
  show: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { items: page.map(show), nextCursor: hasMore ? cursorOf(place(last)) : null }
}

/** For `ilike`: the text anywhere, its own wildcards taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

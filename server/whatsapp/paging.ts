import Type, { type Static } from 'typebox'

/** How the Graph tells of the next page. @see facts 1.3 */
export const Paging = Type.Object({
  cursors: Type.Optional(Type.Object({ after: Type.Optional(Type.String()) })),
  next: Type.Optional(Type.String()),
})

/** The cursor of the next page; the last page has a cursor too, but no `next`. */
export function nextOf(paging: Static<typeof Paging> | undefined): string | undefined {
  return paging?.next === undefined ? undefined : paging.cursors?.after
}

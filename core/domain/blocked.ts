import Type, { type Static } from 'typebox'
import { Reading } from './profile.ts'

/** Somebody the firm blocked on a number: they cannot write to it, nor it to them. @see facts 8.4 */
export const BlockedUser = Type.Object({
  /** What WhatsApp knows them by: a phone number or a user id. */
  key: Type.String(),
  phone: Type.Union([Type.String(), Type.Null()]),
  userId: Type.Union([Type.String(), Type.Null()]),
  contact: Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()]),
  /** Where it was done in Kontor: by whom and when. */
  blockedBy: Type.Union([Type.String(), Type.Null()]),
  blockedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
})
export type BlockedUser = Static<typeof BlockedUser>

export const BlockedPage = Type.Object({
  items: Type.Array(BlockedUser),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  /** Of the whole list, whatever was looked for. */
  total: Type.Integer(),
  ...Reading.properties,
})
export type BlockedPage = Static<typeof BlockedPage>

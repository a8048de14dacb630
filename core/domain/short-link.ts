import Type, { type Static } from 'typebox'
import { Reading } from './profile.ts'

/** An address that opens a chat with the number, its first message already written. @see facts 8.5 */
export const ShortLink = Type.Object({
  code: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  text: Type.String(),
  url: Type.String(),
})
export type ShortLink = Static<typeof ShortLink>

/** What a contact finds written when they follow the link. */
export const LinkText = Type.String({ minLength: 1, maxLength: 140, pattern: '\\S' })

export const LinkList = Type.Object({ items: Type.Array(ShortLink), ...Reading.properties })
export type LinkList = Static<typeof LinkList>

export const longestLinkText = 140
export const mostLinks = 2000

export const QrFormat = Type.Enum(['svg', 'png'])
export type QrFormat = Static<typeof QrFormat>

import Type from 'typebox'
import { User } from '../../core/domain/people.ts'

/** An id in a path or body; whether there is such a row is another question. */
export const IdParams = Type.Object({ id: Type.String({ maxLength: 64 }) })

export const Email = Type.String({
  maxLength: 254,
  pattern: '^\\s*[^\\s@]+@[^\\s@]+\\s*$',
  description: 'E-mail address; upper and lower case are the same',
})
export const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
export const Password = Type.String({
  minLength: 1,
  maxLength: 1024,
  description: '12 to 256 characters',
})

/** What every way of signing in answers. */
export const GrantView = Type.Object({
  token: Type.String({ description: 'Bearer token, 15 minutes' }),
  refreshToken: Type.String({ description: 'For POST /api/v1/sessions/refresh; once' }),
  expiresAt: Type.String({ format: 'date-time' }),
  user: User,
})

/** For routes that answer 204. */
export const Nothing = Type.Null({ description: 'Nothing' })

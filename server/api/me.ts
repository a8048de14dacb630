import Type from 'typebox'
import { can, verbs } from '../../core/domain/can.ts'
import { User } from '../../core/domain/people.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'

const Me = Type.Object({
  kind: Type.Enum(['person', 'key']),
  user: User,
  allowed: Type.Array(Type.String(), { description: 'What this token may be used for' }),
})

/** Who the token belongs to and what it may do. */
export function meRoutes(app: App): void {
  app.get(
    '/api/v1/me',
    {
      config: { access: 'anyone' },
      schema: { tags: ['sessions'], summary: 'Who am I', response: { 200: Me } },
    },
    async (request) => {
      const actor = actorOf(request)
      const allowed =
        actor.kind === 'key'
          ? [...actor.scopes]
          : verbs.filter((verb) => can(actor.user.role, verb))
      return { kind: actor.kind, user: actor.user, allowed }
    },
  )
}

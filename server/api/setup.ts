import Type from 'typebox'
import type { Auth } from '../auth/auth.ts'
import type { App } from '../http/types.ts'
import { viewGrant } from './sessions.ts'
import { Email, GrantView, Name, Password } from './schemas.ts'

const Setup = Type.Object({
  token: Type.String({ maxLength: 512, description: 'From the link /#/setup?token=…' }),
  name: Name,
  email: Email,
  password: Password,
  device: Type.Optional(Type.String({ maxLength: 100 })),
})

/** What a set-up link leads to: the first administrator, or the password of a person who was invited. */
export function setupRoutes(app: App, { auth }: { auth: Auth }): void {
  app.post(
    '/api/v1/setup',
    {
      config: { access: 'public' },
      schema: {
        tags: ['sessions'],
        summary: 'Use a set-up link, and be signed in',
        body: Setup,
        response: { 201: GrantView },
      },
    },
    async (request, reply) => {
      const { device, ...wanted } = request.body
      const user = await auth.setUp(wanted, request.ip)
      return reply.code(201).send(viewGrant(await auth.sessions.start(user, device ?? 'unknown')))
    },
  )
}

import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import type { Auth } from '../auth/auth.ts'
import type { Grant } from '../auth/sessions.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { Email, GrantView, Nothing, Password } from './schemas.ts'

const SignIn = Type.Object({
  email: Email,
  password: Password,
  totp: Type.Optional(Type.String({ description: 'Second factor, for accounts that have one' })),
  device: Type.Optional(Type.String({ maxLength: 100, description: 'Name of the device' })),
})
const Refresh = Type.Object({ refreshToken: Type.String({ maxLength: 512 }) })
const tags = ['sessions']

/** Signing in and out. None of these answers is kept for an Idempotency-Key: they are keys themselves. */
export function sessionRoutes(app: App, { auth }: { auth: Auth }): void {
  app.post(
    '/api/v1/sessions',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Sign in', body: SignIn, response: { 201: GrantView } },
    },
    async (request, reply) =>
      reply.code(201).send(viewGrant(await auth.signIn(request.body, request.ip))),
  )

  app.post(
    '/api/v1/sessions/refresh',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'New tokens', body: Refresh, response: { 200: GrantView } },
    },
    async (request) => viewGrant(await auth.sessions.refresh(request.body.refreshToken)),
  )

  app.delete(
    '/api/v1/sessions/current',
    {
      config: { access: 'person', isIdempotent: false },
      schema: { tags, summary: 'Sign out', response: { 204: Nothing } },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      if (actor.kind === 'person') await auth.sessions.revoke([actor.sessionId], 'signed-out')
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/v1/sync/tickets',
    {
      config: { access: 'person', isIdempotent: false },
      schema: {
        tags,
        summary: 'A ticket for WS /sync?ticket=…, good once within 30 seconds',
        response: { 201: Type.Object({ ticket: Type.String() }) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      if (actor.kind !== 'person') throw new AppError('forbidden', 'sockets are for people')
      return reply.code(201).send({ ticket: await auth.tickets.issue(actor) })
    },
  )
}

export function viewGrant({ expiresAt, ...rest }: Grant) {
  return { ...rest, expiresAt: expiresAt.toISOString() }
}

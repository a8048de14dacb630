import type { FastifyRequest } from 'fastify'
import { can, type Verb } from '../../core/domain/can.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import type { Actor, Auth } from '../auth/auth.ts'
import type { App } from './types.ts'

/** Who may use a route: `public`, `person` (signed in, no keys), `anyone` (person or key), or those who may `verb`. */
type Access = 'public' | 'person' | 'anyone' | { verb: Verb }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    actor: Actor | null
  }
}

/**
 * Every route under /api/ says in its `config.access` who may use it; one that does not stops the start. Whoever may
 * not hears `unauthenticated` or `forbidden` before anything of the request is read.
 */
export function guardRoutes(app: App, auth: Pick<Auth, 'identify'>): void {
  app.decorateRequest('actor', null)
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/api/') && config?.access === undefined) {
      throw new Error(`bug: route ${url} does not say who may use it (config.access)`)
    }
  })
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access
    if (access === undefined || access === 'public') return
    const bearer = bearerOf(request)
    const actor = bearer === null ? null : await auth.identify(bearer)
    if (actor === null) throw new AppError('unauthenticated', 'sign in first')
    if (!mayUse(actor, access))
      throw new AppError('forbidden', 'your role or key does not allow it')
    request.actor = actor
  })
}

/** Who asked, in a route that is not public. */
export function actorOf(request: FastifyRequest): Actor {
  return must(request.actor, 'actor on a guarded route')
}

export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
}

export function mayUse(actor: Actor, access: Exclude<Access, 'public'>): boolean {
  if (access === 'anyone') return true
  if (access === 'person') return actor.kind === 'person'
  return actor.kind === 'key'
    ? actor.scopes.includes(access.verb)
    : can(actor.user.role, access.verb)
}

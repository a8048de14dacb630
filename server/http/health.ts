import { sql } from 'kysely'
import { AppError } from '../../core/lib/errors.ts'
import { oldestProtocolVersion, protocolVersion } from '../../core/protocol/version.ts'
import type { Auth } from '../auth/auth.ts'
import { needsSetup } from '../auth/first.ts'
import { isLoopback } from '../config/parsers.ts'
import type { Database } from '../store/database.ts'
import { bearerOf, mayUse } from './access.ts'
import type { Metrics } from './metrics.ts'
import type { App } from './types.ts'

type Parts = { db: Database; auth: Auth; metrics: Metrics; workspace: string; version: string }

/** Oldest desktop that can work with this server. */
const minimumClient = '0.1.0'

/** Whether the server is alive and able, what it is, and its figures. */
export function serveHealth(app: App, { db, auth, metrics, workspace, version }: Parts): void {
  app.get('/healthz', async () => ({ status: 'alive' }))

  app.get('/readyz', async () => {
    try {
      await sql`select 1`.execute(db)
    } catch (error) {
      throw new AppError('unavailable', 'the database cannot be reached', { cause: error })
    }
    return { status: 'ready' }
  })

  app.get('/.well-known/kontor', async (_request, reply) => {
    void reply.header('cache-control', 'no-store')
    return {
      product: 'kontor',
      version,
      workspace,
      methods: ['password'],
      protocol: { version: protocolVersion, oldest: oldestProtocolVersion },
      minimumClient,
      needsSetup: await needsSetup(db),
    }
  })

  app.get('/metrics', async (request, reply) => {
    // A proxy on this machine speaks for others, and says so.
    const isFromHere =
      isLoopback(request.ip) &&
      request.headers['x-forwarded-for'] === undefined &&
      request.headers.forwarded === undefined
    if (!isFromHere) {
      const bearer = bearerOf(request)
      const actor = bearer === null ? null : await auth.identify(bearer)
      if (actor === null) throw new AppError('unauthenticated', 'sign in first')
      if (!mayUse(actor, { verb: 'read-metrics' })) {
        throw new AppError('forbidden', 'your role or key does not allow it')
      }
    }
    void reply.type('text/plain; version=0.0.4; charset=utf-8')
    return metrics.render()
  })
}

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Type from 'typebox'
import { ConversationId } from '../../core/domain/ids.ts'
import { scopesSeenBy } from '../../core/domain/scopes.ts'
import { AtMs } from '../../core/domain/time.ts'
import { fetchesSnapshot } from '../../core/protocol/version.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { readBefore } from './earlier.ts'
import { readPage } from './snapshot.ts'

type SyncRoutesOptions = { db: Database; nowMs: () => number }

const compress = promisify(gzip)
/** Rows are words of one kind again and again: more effort finds little more. */
const effort = { level: 1 }
/** Consoles ask for these; people's programs have /api/v1/conversations. */
const hidden = { hide: true }

/** What a console fetches beside its socket: snapshots page by page, and what lies before the messages it holds. */
export async function syncRoutes(app: App, { db, nowMs }: SyncRoutesOptions) {
  app.get(
    '/api/v1/sync/snapshot',
    {
      config: { access: 'person' },
      schema: {
        ...hidden,
        querystring: Type.Object({
          from: Type.Optional(Type.String({ maxLength: 8192 })),
          /** Consoles say it since version 4. */
          proto: Type.Integer({ minimum: 1, default: fetchesSnapshot }),
        }),
      },
    },
    async (request, reply) => {
      const scopes = scopesSeenBy(actorOf(request).user)
      const { from = null, proto } = request.query
      const page = await readPage(db, { scopes, proto, from, nowMs: nowMs() })
      void reply.type('application/x-ndjson; charset=utf-8')
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return page
      void reply.header('content-encoding', 'gzip')
      return compress(page, effort)
    },
  )

  app.get(
    '/api/v1/sync/messages',
    {
      config: { access: 'person' },
      schema: {
        ...hidden,
        querystring: Type.Object({
          conversationId: ConversationId,
          beforeMs: AtMs,
          limit: Type.Integer({ minimum: 1, maximum: 500 }),
        }),
      },
    },
    async (request) =>
      readBefore(db, { ...request.query, scopes: scopesSeenBy(actorOf(request).user) }),
  )
}

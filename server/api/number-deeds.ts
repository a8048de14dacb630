import Type from 'typebox'
import { NumberDeed } from '../../core/domain/number-deed.ts'
import { AppError } from '../../core/lib/errors.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { Deeds } from '../numbers/deeds.ts'
import { findNumber } from '../numbers/find.ts'
import type { NumberSync } from '../numbers/sync.ts'
import type { Database } from '../store/database.ts'
import { IdParams, Nothing } from './schemas.ts'

export type NumberDeedsOptions = {
  db: Database
  deeds: Deeds
  numbers: Pick<NumberSync, 'check'>
}

/**
 * What can be done with numbers at WhatsApp. Nothing here is kept for repeating: a PIN must not lie anywhere, and what
 * was done once is refused by WhatsApp the second time. A Fastify plugin.
 */
export async function numberDeeds(app: App, options: NumberDeedsOptions): Promise<void> {
  const { db, deeds, numbers } = options
  const manage = { access: { verb: 'manage-numbers' as const }, isIdempotent: false }

  app.post(
    '/api/v1/numbers/refresh',
    {
      config: { access: { verb: 'read-numbers' }, isIdempotent: false },
      schema: {
        summary: 'Asks WhatsApp now, instead of within ten minutes',
        response: { 204: Nothing },
      },
    },
    async (_request, reply) => {
      await numbers.check()
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/v1/numbers/:id/deeds',
    {
      config: manage,
      schema: {
        summary: 'Has WhatsApp change something about a number; the history says who did it',
        description:
          'request-name, set-pin, register, deregister (confirm is the number, typed), request-code, verify-code, request-official',
        params: IdParams,
        body: NumberDeed,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const number = await findNumber(db, request.params.id)
      await deeds.act(number, request.body, actorOf(request).user.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/v1/accounts/:id/subscription',
    {
      config: manage,
      schema: {
        summary: 'Has WhatsApp tell this server of the account’s events',
        params: Type.Object({ id: Type.String({ pattern: '^\\d{1,20}$' }) }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const known = await db
        .selectFrom('waba')
        .select('id')
        .where('meta_id', '=', id)
        .executeTakeFirst()
      if (known === undefined) throw new AppError('not-found', 'no such account')
      await deeds.subscribe(id, actorOf(request).user.id)
      return reply.code(204).send(null)
    },
  )
}

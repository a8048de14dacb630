import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { IdParams, Nothing } from './schemas.ts'

export type TypingOptions = { db: Database; client: () => Client | undefined }

/**
 * Shows the contact that somebody writes, and marks what they wrote as read: WhatsApp knows no other way. Nothing
 * waits for it and nothing repeats it. A Fastify plugin.
 */
export async function typing(app: App, { db, client }: TypingOptions): Promise<void> {
  app.post(
    '/api/v1/conversations/:id/typing',
    {
      config: { access: { verb: 'reply' }, isIdempotent: false },
      schema: { params: IdParams, response: { 202: Nothing } },
    },
    async ({ params, log }, reply) => {
      const found = await db
        .selectFrom('conversation as c')
        .innerJoin('number as n', 'n.id', 'c.number_id')
        .select(['c.data as conversation', 'n.data as number'])
        .where('c.id', '=', params.id)
        .where('c.deleted_at', 'is', null)
        .executeTakeFirst()
      if (found === undefined) throw new AppError('not-found', 'no such conversation')
      const { conversation, number } = found
      const wamid = conversation.lastInbound?.wamid
      const isOurs = conversation.controlledBy === undefined && number.health !== 'paused'
      if (wamid !== undefined && isOurs) {
        client()
          ?.showTyping(number.phoneNumberId, wamid)
          .catch((error: unknown) => {
            if (!(error instanceof AppError)) log.error({ err: error }, 'bug')
            else log.debug({ code: error.code }, 'typing was not shown')
          })
      }
      return reply.code(202).send(null)
    },
  )
}

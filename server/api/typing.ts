import { AppError } from '../../core/lib/errors.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { IdParams, Nothing } from './schemas.ts'
import { readSeen } from '../http/sees.ts'

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
    async (request, reply) => {
      const { params, log } = request
      const conversation = await readSeen(db, actorOf(request), params.id)
      const { data: number } = await db
        .selectFrom('number')
        .select('data')
        .where('id', '=', conversation.numberId)
        .executeTakeFirstOrThrow()
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

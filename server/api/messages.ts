import { sql } from 'kysely'
import Type from 'typebox'
import type { Message } from '../../core/domain/message.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import type { Actor } from '../auth/auth.ts'
import { actorOf, mayUse } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import { doDeed } from './deeds.ts'
import type { Library } from './file-of.ts'
import { MessageBody, verbFor } from './message-body.ts'
import { deedFor } from './message-deed.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { IdParams } from './schemas.ts'
import { isSeenBy, readSeen } from '../http/sees.ts'
import { MessageShape, showMessage } from './shapes.ts'

export type MessagesOptions = Library & { log: Log; newId: () => string }

/** Messages of a conversation over HTTP: read, and write. A Fastify plugin. */
export async function messages(app: App, options: MessagesOptions): Promise<void> {
  const { db, log, newId } = options

  app.get(
    '/api/v1/conversations/:id/messages',
    {
      config: { access: { verb: 'read-conversations' } },
      schema: {
        params: IdParams,
        querystring: Type.Object({
          ...PageQuery.properties,
          before: Type.Optional(
            Type.String({ maxLength: 64, description: 'Only what came before this message' }),
          ),
        }),
        response: { 200: pageOf(MessageShape) },
      },
    },
    async (request) => {
      const { params, query } = request
      const { after, limit, ask } = startOfPage(query)
      const before = query.before ?? (after === '' ? undefined : after)
      const parts = await partsOf(db, actorOf(request), params.id)
      const newest = await readBefore(db, parts, before, ask)
      const found = page(newest, limit, ({ id }) => id)
      return { ...found, items: found.items.toReversed().map(showMessage) }
    },
  )

  app.post(
    '/api/v1/conversations/:id/messages',
    {
      config: { access: 'anyone' },
      schema: { params: IdParams, body: MessageBody, response: { 202: MessageShape } },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { params, body } = request
      if (!mayUse(actor, { verb: verbFor(body) })) {
        throw new AppError('forbidden', 'your role or key does not allow it')
      }
      await readSeen(db, actor, params.id)
      const deed = await deedFor(options, params.id, body)
      const id = request.idempotentId ?? newId()
      const message = await log.write(async (tx) => {
        // An earlier attempt with the same key may have written it and died before its answer was kept.
        const before = await tx.get('message', id)
        if (before !== undefined) return before
        await doDeed(tx, actor, deed.name, { id, conversationId: params.id, ...deed.args })
        return must(tx.peek('message', id), 'message that was just written')
      })
      return reply.code(202).send(showMessage(message))
    },
  )
}

/** Newest first; those of merged contacts among the others, by when they came. */
async function readBefore(
  db: Database,
  parts: readonly string[],
  before: string | undefined,
  limit: number,
): Promise<Message[]> {
  const isMixed = parts.length > 1
  const columns = isMixed ? sql`(data->>'receivedAtMs')::bigint, ord, id` : sql`ord`
  const place = await db
    .selectFrom('message')
    .select('id')
    .where('id', '=', before ?? '')
    .where('conversation_id', 'in', parts)
    .executeTakeFirst()
  if (before !== undefined && place === undefined) {
    throw new AppError('not-found', 'no such message')
  }
  const rows = await db
    .selectFrom('message')
    .select('data')
    .where('conversation_id', 'in', parts)
    .where('deleted_at', 'is', null)
    .$if(place !== undefined, (query) =>
      query.where(
        sql<boolean>`(${columns}) < (select ${columns} from message where id = ${place?.id ?? ''})`,
      ),
    )
    .orderBy(isMixed ? sql`row(${columns})` : columns, 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ data }) => data)
}

/** The conversation and those it shows as well, as far as they may be seen. */
async function partsOf(db: Database, actor: Actor, id: string): Promise<string[]> {
  const { includes = [] } = await readSeen(db, actor, id)
  if (includes.length === 0) return [id]
  const seen = await db
    .selectFrom('conversation')
    .select('id')
    .where('id', 'in', includes)
    .where(isSeenBy(actor, sql`scope`))
    .execute()
  return [id, ...seen.map((row) => row.id)]
}

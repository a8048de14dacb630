import { sql } from 'kysely'
import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { containing, cutPage, defaultLimit, listQuery, readCursor } from './paging.ts'
import { ById, ContactShape, Id, pageOf, showContact } from './shapes.ts'

/** Contacts over HTTP, newest first. A Fastify plugin. */
export async function contacts(app: App, { db }: { db: Database }): Promise<void> {
  const config = { access: { verb: 'read-conversations' as const } }

  app.get(
    '/api/v1/contacts',
    {
      config,
      schema: {
        querystring: Type.Object({
          ...listQuery,
          q: Type.Optional(Type.String({ maxLength: 200 })),
          phone: Type.Optional(Type.String({ maxLength: 40 })),
          userId: Type.Optional(Type.String({ maxLength: 140 })),
          id: Type.Optional(Id),
        }),
        response: { 200: pageOf(ContactShape) },
      },
    },
    async ({ query }) => {
      const limit = query.limit ?? defaultLimit
      const { q, phone, userId, id } = query
      const after = readCursor(query.cursor)
      const since = sql<number>`(data->>'createdAtMs')::bigint`
      const pattern = containing((q ?? '').trim().replace(/^@/, ''))
      const rows = await db
        .selectFrom('contact')
        .select('data')
        .where('deleted_at', 'is', null)
        .$if(id !== undefined, (found) => found.where('id', '=', id ?? ''))
        .$if(q !== undefined && q.trim() !== '', (found) =>
          found.where(
            sql<boolean>`(data->>'name' ilike ${pattern} or data->>'username' ilike ${pattern} or data->>'phone' like ${pattern})`,
          ),
        )
        .$if(phone !== undefined, (found) =>
          found.where(sql<boolean>`data->>'phone' = ${`+${(phone ?? '').replace(/\D/g, '')}`}`),
        )
        .$if(userId !== undefined, (found) =>
          found.where(sql<boolean>`data->>'userId' = ${userId}`),
        )
        .$if(after !== undefined, (found) =>
          found.where(sql<boolean>`(${since}, id) < (${after?.at}::bigint, ${after?.id}::text)`),
        )
        .orderBy(since, 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      return cutPage(
        rows,
        limit,
        ({ data }) => ({ at: data.createdAtMs, id: data.id }),
        ({ data }) => showContact(data),
      )
    },
  )

  app.get(
    '/api/v1/contacts/:id',
    { config, schema: { params: ById, response: { 200: ContactShape } } },
    async ({ params }) => {
      const row = await db
        .selectFrom('contact')
        .select('data')
        .where('id', '=', params.id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      if (row === undefined) throw new AppError('not-found', 'no such contact')
      return showContact(row.data)
    },
  )
}

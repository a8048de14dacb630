import { sql } from 'kysely'
import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { containing } from '../store/like.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { isBehind, placeOf } from './place.ts'
import { IdParams } from './schemas.ts'
import { ContactShape, showContact } from './shapes.ts'

/** Contacts over HTTP, newest first. A Fastify plugin. */
export async function contacts(app: App, { db }: { db: Database }): Promise<void> {
  const config = { access: { verb: 'read-conversations' as const } }

  app.get(
    '/api/v1/contacts',
    {
      config,
      schema: {
        querystring: Type.Object({
          ...PageQuery.properties,
          q: Type.Optional(Type.String({ maxLength: 200 })),
          phone: Type.Optional(Type.String({ maxLength: 40 })),
          userId: Type.Optional(Type.String({ maxLength: 140 })),
        }),
        response: { 200: pageOf(ContactShape) },
      },
    },
    async ({ query }) => {
      const { after, limit, ask } = startOfPage(query)
      const { q, phone, userId } = query
      const since = sql<number>`(data->>'createdAtMs')::bigint`
      const pattern = containing((q ?? '').trim().replace(/^@/, ''))
      const rows = await db
        .selectFrom('contact')
        .select('data')
        .where('deleted_at', 'is', null)
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
        .$if(after !== '', (found) => found.where(isBehind(after, since, sql`id`)))
        .orderBy(since, 'desc')
        .orderBy('id', 'desc')
        .limit(ask)
        .execute()
      const found = page(rows, limit, ({ data }) => placeOf(data.createdAtMs, data.id))
      return { ...found, items: found.items.map(({ data }) => showContact(data)) }
    },
  )

  app.get(
    '/api/v1/contacts/:id',
    { config, schema: { params: IdParams, response: { 200: ContactShape } } },
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

import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { pageOf } from './page.ts'
import { IdParams } from './schemas.ts'
import { NumberShape, showNumber } from './shapes.ts'

/** The firm's own numbers over HTTP. A firm has few, so they are one page. A Fastify plugin. */
export async function numbers(app: App, { db }: { db: Database }): Promise<void> {
  const config = { access: { verb: 'read-numbers' as const } }

  app.get(
    '/api/v1/numbers',
    { config, schema: { response: { 200: pageOf(NumberShape) } } },
    async () => {
      const rows = await db
        .selectFrom('number')
        .select('data')
        .where('deleted_at', 'is', null)
        .orderBy('phone_number_id')
        .execute()
      return { items: rows.map(({ data }) => showNumber(data)), nextCursor: null }
    },
  )

  app.get(
    '/api/v1/numbers/:id',
    { config, schema: { params: IdParams, response: { 200: NumberShape } } },
    async ({ params }) => {
      const row = await db
        .selectFrom('number')
        .select('data')
        .where('id', '=', params.id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      if (row === undefined) throw new AppError('not-found', 'no such number')
      return showNumber(row.data)
    },
  )
}

import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { pageOf } from './page.ts'
import { IdParams } from './schemas.ts'
import { NumberShape, showNumber } from './shapes.ts'

/** The firm's own numbers over HTTP. A firm has few, so they are one page. A Fastify plugin. */
export async function numbers(app: App, { db }: { db: Database }): Promise<void> {
  const config = { access: { verb: 'read-numbers' as const } }
  const find = () =>
    db
      .selectFrom('number')
      .leftJoin('number_heard', 'number_heard.phone_number_id', 'number.phone_number_id')
      .select(['number.data', 'number_heard.heard_at'])
      .where('number.deleted_at', 'is', null)

  app.get(
    '/api/v1/numbers',
    { config, schema: { response: { 200: pageOf(NumberShape) } } },
    async () => {
      const rows = await find().orderBy('number.phone_number_id').execute()
      return {
        items: rows.map(({ data, heard_at }) => showNumber(data, heard_at)),
        nextCursor: null,
      }
    },
  )

  app.get(
    '/api/v1/numbers/:id',
    { config, schema: { params: IdParams, response: { 200: NumberShape } } },
    async ({ params }) => {
      const row = await find().where('number.id', '=', params.id).executeTakeFirst()
      if (row === undefined) throw new AppError('not-found', 'no such number')
      return showNumber(row.data, row.heard_at)
    },
  )
}

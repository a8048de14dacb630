import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import { readViews } from '../numbers/read.ts'
import type { Database } from '../store/database.ts'
import { NumberTruthShape, showTruth } from './number-shape.ts'
import { pageOf } from './page.ts'
import { IdParams } from './schemas.ts'

const Spoken = Type.Object({
  language: Type.Optional(
    Type.Enum(['de', 'en'], { default: 'en', description: 'Of ledger, verdict and advice' }),
  ),
})

/** The firm's own numbers over HTTP. A firm has few, so they are one page. A Fastify plugin. */
export async function numbers(
  app: App,
  { db, nowMs }: { db: Database; nowMs: () => number },
): Promise<void> {
  const config = { access: { verb: 'read-numbers' as const } }

  app.get(
    '/api/v1/numbers',
    {
      config,
      schema: {
        summary: 'Every number with what WhatsApp says of it and of its account, the worst first',
        querystring: Spoken,
        response: { 200: pageOf(NumberTruthShape) },
      },
    },
    async ({ query }) => {
      const speaking = { language: query.language ?? 'en' } as const
      const found = await readViews(db, nowMs())
      const items = found.map(({ view, heardAt }) => showTruth(view, heardAt, speaking))
      return { items, nextCursor: null }
    },
  )

  app.get(
    '/api/v1/numbers/:id',
    {
      config,
      schema: {
        summary: 'One number: verification, quality, limits, health, advice',
        params: IdParams,
        querystring: Spoken,
        response: { 200: NumberTruthShape },
      },
    },
    async ({ params, query }) => {
      const found = await readViews(db, nowMs())
      const one = found.find(({ view }) => view.number.id === params.id)
      if (one === undefined) throw new AppError('not-found', 'no such number')
      return showTruth(one.view, one.heardAt, { language: query.language ?? 'en' })
    },
  )
}

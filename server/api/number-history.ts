import Type from 'typebox'
import { changeKinds, type ChangeKind } from '../../core/domain/ledger.ts'
import { VerificationChange } from '../../core/domain/verification-change.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { App } from '../http/types.ts'
import { findNumber } from '../numbers/find.ts'
import { readHistory } from '../numbers/history.ts'
import { historyTable } from '../numbers/table.ts'
import type { Database } from '../store/database.ts'
import { page, PageQuery, pageOf, startOfPage } from './page.ts'
import { IdParams } from './schemas.ts'

const History = Type.Object({
  ...PageQuery.properties,
  kinds: Type.Optional(
    Type.String({ maxLength: 200, description: `Some of ${changeKinds.join(', ')}, with commas` }),
  ),
  format: Type.Optional(
    Type.Enum(['json', 'csv'], { description: 'csv: all of it as a table, up to 10,000 lines' }),
  ),
  language: Type.Optional(Type.Enum(['de', 'en'], { description: 'Of the table', default: 'en' })),
})

const mostLines = 10_000

/** What turned on a number, its account and its templates, and what colleagues did. A Fastify plugin. */
export async function numberHistory(app: App, { db }: { db: Database }): Promise<void> {
  app.get(
    '/api/v1/numbers/:id/history',
    {
      config: { access: { verb: 'read-numbers' } },
      schema: {
        summary: 'Changes of a number and its account, the newest first',
        params: IdParams,
        querystring: History,
        response: { 200: Type.Union([pageOf(VerificationChange), Type.String()]) },
      },
    },
    async ({ params, query }, reply) => {
      const { id, accountId } = await findNumber(db, params.id)
      const kinds = kindsIn(query.kinds)
      if (query.format === 'csv') {
        const wanted = { kinds, after: '', limit: mostLines }
        const rows = await readHistory(db, { id, accountId }, wanted)
        const language = query.language ?? 'en'
        const changes = rows.map(({ change }) => change)
        void reply.header('content-type', 'text/csv; charset=utf-8')
        void reply.header('content-disposition', 'attachment; filename="kontor-history.csv"')
        return historyTable(changes, { language })
      }
      const { after, limit, ask } = startOfPage(query)
      const rows = await readHistory(db, { id, accountId }, { kinds, after, limit: ask })
      const found = page(rows, limit, ({ place }) => place)
      return { ...found, items: found.items.map(({ change }) => change) }
    },
  )
}

/** @throws AppError bad-request for a word that is none */
function kindsIn(text: string | undefined): ChangeKind[] | undefined {
  if (text === undefined || text === '') return undefined
  return text.split(',').map((word) => {
    const kind = changeKinds.find((one) => one === word.trim())
    if (kind !== undefined) return kind
    throw new AppError('bad-request', `there is no kind ${word}`, {
      details: { at: '/querystring/kinds' },
    })
  })
}

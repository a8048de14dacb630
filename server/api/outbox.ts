import Type from 'typebox'
import { sql } from 'kysely'
import { SendError } from '../../core/domain/message.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { isBehind, placeOf } from './place.ts'
import { Id, Time } from './shapes.ts'

const states = ['failed', 'uncertain', 'held'] as const
type State = (typeof states)[number]

/** A message that did not leave as it should, without its words. */
const StuckMessage = Type.Object({
  messageId: Type.String(),
  conversationId: Type.String(),
  numberId: Type.String(),
  state: Type.Enum([...states]),
  error: Type.Optional(SendError),
  /** How often WhatsApp was called. */
  attempts: Type.Integer(),
  at: Time,
})

const someStates = `^(${states.join('|')})(,(${states.join('|')}))*$`

/**
 * What the sender could not bring to an end by itself, newest first: messages that failed, whose end nobody knows, or
 * that wait for their template. A person decides about each in its conversation. A Fastify plugin.
 */
export async function outbox(app: App, { db }: { db: Database }): Promise<void> {
  app.get(
    '/api/v1/outbox',
    {
      config: { access: { verb: 'read-ledger' } },
      schema: {
        querystring: Type.Object({
          ...PageQuery.properties,
          state: Type.Optional(
            Type.String({ pattern: someStates, description: `One or more of ${states.join(',')}` }),
          ),
          number: Type.Optional(Id),
        }),
        response: { 200: pageOf(StuckMessage) },
      },
    },
    async ({ query }) => {
      const { after, limit, ask } = startOfPage(query)
      const wanted = query.state?.split(',') ?? [...states]
      const at = sql`(extract(epoch from moved_at) * 1000)::bigint`
      const rows = await db
        .selectFrom('outbox')
        .select([
          'id',
          'conversation_id',
          'number_id',
          'state',
          'last_error',
          'attempt',
          'moved_at',
        ])
        .where('kind', '=', 'message')
        .where('state', 'in', wanted as State[]) // the pattern lets no other through
        .$if(query.number !== undefined, (found) =>
          found.where('number_id', '=', query.number ?? ''),
        )
        .$if(after !== '', (found) => found.where(isBehind(after, at, sql`id`)))
        .orderBy('moved_at', 'desc')
        .orderBy('id', 'desc')
        .limit(ask)
        .execute()
      const found = page(rows, limit, (row) => placeOf(row.moved_at.getTime(), row.id))
      return {
        ...found,
        items: found.items.map((row) => ({
          messageId: row.id,
          conversationId: row.conversation_id,
          numberId: row.number_id,
          state: row.state as State, // asked for above
          ...(row.last_error === null ? {} : { error: row.last_error }),
          attempts: row.attempt,
          at: row.moved_at.toISOString(),
        })),
      }
    },
  )
}

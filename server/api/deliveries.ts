import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import { mayUse, actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { listDeliveries, readDelivery } from '../intake/deliveries.ts'
import type { Intake } from '../intake/worker.ts'
import type { Database } from '../store/database.ts'

const Outcome = Type.Enum(['stored', 'duplicate', 'ignored', 'parked', 'failed'])

const DeliveryPart = Type.Object({
  /** Where in the body it stands. */
  path: Type.String(),
  kind: Type.String(),
  outcome: Outcome,
  reason: Type.Optional(Type.String()),
  messageId: Type.Optional(Type.String()),
  conversationId: Type.Optional(Type.String()),
})

const delivery = {
  id: Type.String(),
  receivedAt: Type.String(),
  state: Type.Enum(['received', 'done', 'failed']),
  attempts: Type.Integer(),
  error: Type.Optional(Type.String()),
  sha256: Type.String(),
  sizeBytes: Type.Union([Type.Integer(), Type.Null()]),
  parts: Type.Array(DeliveryPart),
}
const Delivery = Type.Object(delivery)
/** The body as it came: JSON where it is JSON, else text; null when it is no longer kept. */
const DeliveryWithBody = Type.Object({ ...delivery, body: Type.Optional(Type.Unknown()) })

const Id = Type.Object({ id: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }) })

type DeliveriesOptions = { db: Database; intake: Pick<Intake, 'replay'> }

/**
 * The ledger over HTTP: every webhook call, what became of each part of it, and reading one again. Bodies are
 * personal data, so only those who may replay a call see what was in it. A Fastify plugin.
 */
export async function deliveries(app: App, { db, intake }: DeliveriesOptions): Promise<void> {
  const read = { access: { verb: 'read-ledger' as const } }
  const replay = { access: { verb: 'replay-ledger' as const } }

  app.get(
    '/api/v1/deliveries',
    {
      config: read,
      schema: {
        querystring: Type.Object({
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
          cursor: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,14}$' })),
          outcome: Type.Optional(Outcome),
        }),
        response: {
          200: Type.Object({
            items: Type.Array(Delivery),
            nextCursor: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async ({ query }) => {
      const limit = query.limit ?? 50
      const before = query.cursor === undefined ? undefined : Number(query.cursor)
      const items = await listDeliveries(db, { limit: limit + 1, before, outcome: query.outcome })
      const page = items.slice(0, limit)
      return { items: page, nextCursor: items.length > limit ? (page.at(-1)?.id ?? null) : null }
    },
  )

  app.get(
    '/api/v1/deliveries/:id',
    { config: read, schema: { params: Id, response: { 200: DeliveryWithBody } } },
    async (request) => {
      const hasBody = mayUse(actorOf(request), replay.access)
      return found(await readDelivery(db, Number(request.params.id), hasBody))
    },
  )

  app.post(
    '/api/v1/deliveries/:id/replay',
    { config: replay, schema: { params: Id, response: { 200: DeliveryWithBody } } },
    async (request) => {
      const id = Number(request.params.id)
      if (!(await intake.replay(id))) throw notFound()
      return found(await readDelivery(db, id, true))
    },
  )
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound()
  return value
}

function notFound(): AppError {
  return new AppError('not-found', 'no such delivery')
}

import Type from 'typebox'
import { AppError } from '../../core/lib/errors.ts'
import { mayUse, actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { listDeliveries, readDelivery } from '../intake/deliveries.ts'
import { reasonCodes } from '../intake/reasons.ts'
import type { Intake } from '../intake/worker.ts'
import type { Database } from '../store/database.ts'
import { Time } from './shapes.ts'

const Outcome = Type.Enum(['stored', 'duplicate', 'ignored', 'parked', 'failed'])

const State = Type.Enum(['received', 'done', 'failed'])
const ReasonCode = Type.Enum([...reasonCodes])

const DeliveryPart = Type.Object({
  /** Where in the body it stands. */
  path: Type.String(),
  kind: Type.String(),
  outcome: Outcome,
  reason: Type.Optional(Type.String()),
  /** What `reason` says, as a name that stays. */
  reasonCode: Type.Optional(ReasonCode),
  /** Meta's id of the number of ours it is about. */
  phoneNumberId: Type.Optional(Type.String()),
  messageId: Type.Optional(Type.String()),
  conversationId: Type.Optional(Type.String()),
})

const delivery = {
  id: Type.String(),
  receivedAt: Type.String(),
  state: State,
  attempts: Type.Integer(),
  error: Type.Optional(Type.String()),
  errorCode: Type.Optional(ReasonCode),
  sha256: Type.String(),
  sizeBytes: Type.Union([Type.Integer(), Type.Null()]),
  parts: Type.Array(DeliveryPart),
}
const Delivery = Type.Object(delivery)
/** The body as it came: JSON where it is JSON, else text; null when it is no longer kept. */
const DeliveryWithBody = Type.Object({ ...delivery, body: Type.Optional(Type.Unknown()) })

const Id = Type.Object({ id: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }) })

const word = Type.String({ minLength: 1, maxLength: 200 })
const Search = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  cursor: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,14}$' })),
  state: Type.Optional(State),
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  outcome: Type.Optional(Outcome),
  kind: Type.Optional(word),
  /** Meta's id of the number. */
  number: Type.Optional(word),
  /** Our id or WhatsApp's. */
  message: Type.Optional(word),
  conversation: Type.Optional(word),
  /** Words in the reason. */
  reason: Type.Optional(word),
})

type DeliveriesOptions = {
  db: Database
  intake: Pick<Intake, 'replay'>
  /** Hears which messages a replayed call speaks of. */
  onReplayed: (messageIds: string[]) => Promise<void>
}

/**
 * The ledger over HTTP: every webhook call, what became of each part of it, and reading one again. Bodies are
 * personal data, so only those who may replay a call see what was in it. A Fastify plugin.
 */
export async function deliveries(app: App, options: DeliveriesOptions): Promise<void> {
  const { db, intake, onReplayed } = options
  const read = { access: { verb: 'read-ledger' as const } }
  const replay = { access: { verb: 'replay-ledger' as const } }

  app.get(
    '/api/v1/deliveries',
    {
      config: read,
      schema: {
        querystring: Search,
        response: {
          200: Type.Object({
            items: Type.Array(Delivery),
            nextCursor: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async ({ query }) => {
      const { limit = 50, cursor, from, to, ...search } = query
      const items = await listDeliveries(db, {
        ...search,
        limit: limit + 1,
        before: cursor === undefined ? undefined : Number(cursor),
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
      })
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
      if (!(await intake.replay(id))) {
        found(await readDelivery(db, id, false))
        throw new AppError('conflict', 'the body is no longer kept, so it cannot be read again', {
          details: { reason: 'body-purged' },
        })
      }
      const delivery = found(await readDelivery(db, id, true))
      await onReplayed(delivery.parts.flatMap(({ messageId }) => messageId ?? []))
      return delivery
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

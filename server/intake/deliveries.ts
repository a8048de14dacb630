import { sql } from 'kysely'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import { parseBody } from '../whatsapp/json.ts'
import { conditionsOf, type Search } from './find-calls.ts'
import { reasonCodeOf, type ReasonCode } from './reasons.ts'
import type { CallState, Outcome } from './tables.ts'

type DeliveryPart = {
  path: string
  kind: string
  outcome: Outcome
  reason?: string
  reasonCode?: ReasonCode
  /** Meta's id of the number of ours it is about. */
  phoneNumberId?: string
  messageId?: string
  conversationId?: string
}

/** A webhook call and what became of each part of it. */
type Delivery = {
  id: string
  receivedAt: string
  state: CallState
  attempts: number
  error?: string
  errorCode?: ReasonCode
  sha256: string
  /** Null when the body is no longer kept. */
  sizeBytes: number | null
  parts: DeliveryPart[]
}

type Row = {
  id: number
  received_at: Date
  state: CallState
  attempts: number
  error: string | null
  sha256: string
  size_bytes: number | null
  parts: { [K in Exclude<keyof DeliveryPart, 'reasonCode'>]: DeliveryPart[K] | null }[]
}

const columns = sql`
  id, received_at, state, attempts, error, sha256, octet_length(body) as size_bytes,
  coalesce((
    select jsonb_agg(jsonb_build_object('path', path, 'kind', kind, 'outcome', outcome, 'reason', reason,
      'phoneNumberId', phone_number_id, 'messageId', message_id, 'conversationId', conversation_id) order by index)
    from webhook_part where call_id = webhook_call.id), '[]') as parts
`

/** Whoever searches must not keep webhooks from being understood. */
const longestSearch = '10s'
/** PostgreSQL's code of a statement that took too long. */
const canceled = '57014'

/**
 * The newest calls first.
 *
 * @throws AppError `unavailable` when it takes too long to find them
 */
export async function listDeliveries(
  db: Database,
  { limit, ...search }: Search & { limit: number },
): Promise<Delivery[]> {
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${longestSearch}, true)`.execute(tx)
      const { rows } = await sql<Row>`
        select ${columns} from webhook_call where ${await conditionsOf(tx, search)}
        order by id desc limit ${limit}
      `.execute(tx)
      return rows.map(deliveryOf)
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === canceled)) throw error
    throw new AppError('unavailable', 'the search takes too long: narrow it by time')
  }
}

/** One call; with its body where the caller may see what was in it. */
export async function readDelivery(
  db: Database,
  id: number,
  hasBody: boolean,
): Promise<(Delivery & { body?: unknown }) | undefined> {
  const { rows } = await sql<Row & { body: Buffer | null }>`
    select ${columns}, ${hasBody ? sql`body` : sql`null::bytea as body`} from webhook_call where id = ${id}
  `.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  return hasBody ? { ...deliveryOf(row), body: readable(row.body) } : deliveryOf(row)
}

function deliveryOf(row: Row): Delivery {
  return {
    id: String(row.id),
    receivedAt: row.received_at.toISOString(),
    state: row.state,
    attempts: row.attempts,
    ...(row.error === null ? {} : { error: row.error, errorCode: reasonCodeOf(row.error) }),
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    parts: row.parts.map(partOf),
  }
}

function partOf(part: Row['parts'][number]): DeliveryPart {
  const code = part.reason === null ? null : reasonCodeOf(part.reason ?? '')
  const entries = Object.entries({ ...part, reasonCode: code }).filter(
    ([, value]) => value !== null,
  )
  return Object.fromEntries(entries) as DeliveryPart // the columns that may not be null are left
}

function readable(body: Buffer | null): unknown {
  if (body === null) return null
  const parsed = parseBody(body)
  return parsed.ok ? parsed.value : body.toString('utf8')
}

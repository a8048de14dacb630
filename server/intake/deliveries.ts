import { sql } from 'kysely'
import { parseBody } from '../whatsapp/json.ts'
import type { Database } from '../store/database.ts'
import type { CallState, Outcome } from './tables.ts'

type DeliveryPart = {
  path: string
  kind: string
  outcome: Outcome
  reason?: string
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
  parts: { [K in keyof DeliveryPart]: DeliveryPart[K] | null }[]
}

const columns = sql`
  id, received_at, state, attempts, error, sha256, octet_length(body) as size_bytes,
  coalesce((
    select jsonb_agg(jsonb_build_object('path', path, 'kind', kind, 'outcome', outcome, 'reason', reason,
      'messageId', message_id, 'conversationId', conversation_id) order by index)
    from webhook_part where call_id = webhook_call.id), '[]') as parts
`

/** The newest calls first; with an outcome only those that have a part of it. */
export async function listDeliveries(
  db: Database,
  asked: { limit: number; before?: number | undefined; outcome?: Outcome | undefined },
): Promise<Delivery[]> {
  const { limit, before, outcome } = asked
  const { rows } = await sql<Row>`
    select ${columns} from webhook_call
    where ${before === undefined ? sql`true` : sql`id < ${before}`}
      and ${
        outcome === undefined
          ? sql`true`
          : sql`exists (select from webhook_part where call_id = webhook_call.id and outcome = ${outcome})`
      }
    order by id desc limit ${limit}
  `.execute(db)
  return rows.map(deliveryOf)
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
    ...(row.error === null ? {} : { error: row.error }),
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    parts: row.parts.map(withoutNulls),
  }
}

function withoutNulls(part: Row['parts'][number]): DeliveryPart {
  const entries = Object.entries(part).filter(([, value]) => value !== null)
  return Object.fromEntries(entries) as DeliveryPart // the columns that may not be null are left
}

function readable(body: Buffer | null): unknown {
  if (body === null) return null
  const parsed = parseBody(body)
  return parsed.ok ? parsed.value : body.toString('utf8')
}

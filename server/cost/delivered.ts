import { sql } from 'kysely'
import type { Price } from '../../core/domain/message.ts'
import type { Delivered } from '../../core/metrics/cost.ts'
import type { Span } from '../../core/metrics/zoned.ts'
import type { Database } from '../store/database.ts'
import { countryOf } from './country.ts'

type Row = {
  id: string
  number_id: string
  at: number
  template_category: string | null
  price: Price | null
  phone: string | null
  user_id: string | null
}

const pageSize = 5000

/**
 * The messages of a span that reached their contacts, in the order they did. Reactions count only where WhatsApp named
 * a price: whether it charges them is not documented.
 */
export async function* readDelivered(
  db: Database,
  { fromMs, toMs }: Span,
  numberId?: string,
): AsyncGenerator<Delivered> {
  let after = { at: fromMs, id: '' }
  for (;;) {
    const rows = await readPage(db, after, toMs, numberId)
    for (const row of rows) {
      yield {
        numberId: row.number_id,
        country: countryOf(row.phone, row.user_id),
        deliveredAtMs: row.at,
        templateCategory: row.template_category ?? undefined,
        price: row.price ?? undefined,
      }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last
  }
}

async function readPage(
  db: Database,
  after: { at: number; id: string },
  toMs: number,
  numberId: string | undefined,
): Promise<Row[]> {
  const at = sql`((m.data->'statusAt'->>'delivered')::bigint)`
  const ofNumber = numberId === undefined ? sql`` : sql`and m.number_id = ${numberId}`
  const { rows } = await sql<Row>`
    select m.id, m.number_id, ${at}::float8 as at,
      m.data->'template'->>'category' as template_category, m.data->'price' as price,
      contact.data->>'phone' as phone, contact.data->>'userId' as user_id
    from message m
      join conversation on conversation.id = m.conversation_id
      join contact on contact.id = conversation.contact_id
    where m.direction = 'out' and m.data->'statusAt'->>'delivered' is not null
      and (${at}, m.id) > (${after.at}, ${after.id}) and ${at} >= ${after.at} and ${at} < ${toMs} ${ofNumber}
      and m.deleted_at is null and (m.data->>'type' <> 'reaction' or m.data->'price' is not null)
    order by ${at}, m.id limit ${pageSize}
  `.execute(db)
  return rows
}

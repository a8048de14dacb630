import { sql } from 'kysely'
import type { BlockedUser } from '../../core/domain/blocked.ts'
import type { Contact } from '../../core/domain/people.ts'
import { contactName } from '../../core/domain/people.ts'
import type { Database } from '../store/database.ts'
import { containing } from '../store/like.ts'
import type { Blocked, BlockKey } from '../whatsapp/block-calls.ts'

/** What WhatsApp knows somebody by on the list. */
export function keyOf({ phone, userId }: Blocked): string {
  return phone ?? userId ?? ''
}

export function blockKeyOf({ phone, userId }: Blocked): BlockKey {
  return phone === null ? { userId: userId ?? '' } : { phone }
}

/** Makes the kept list equal to WhatsApp's. Who blocked whom stays known. */
export async function replaceList(
  db: Database,
  numberId: string,
  users: readonly Blocked[],
): Promise<void> {
  const listed = new Map(users.map((user) => [keyOf(user), user]))
  const [keys, rows] = [[...listed.keys()], [...listed.values()]]
  await db.transaction().execute(async (tx) => {
    await sql`
      delete from blocked_user where number_id = ${numberId} and key <> all(${keys}::text[])
    `.execute(tx)
    await sql`
      insert into blocked_user (number_id, key, phone, user_id)
      select ${numberId}, * from unnest(${keys}::text[], ${rows.map(({ phone }) => phone)}::text[],
        ${rows.map(({ userId }) => userId)}::text[])
      on conflict (number_id, key) do update set phone = excluded.phone, user_id = excluded.user_id
    `.execute(tx)
  })
}

export async function addBlocked(
  db: Database,
  numberId: string,
  user: Blocked,
  by: { name: string; atMs: number },
): Promise<void> {
  const row = {
    phone: user.phone,
    user_id: user.userId,
    blocked_by: by.name,
    blocked_at: new Date(by.atMs),
  }
  await db
    .insertInto('blocked_user')
    .values({ number_id: numberId, key: keyOf(user), ...row })
    .onConflict((conflict) => conflict.columns(['number_id', 'key']).doUpdateSet(row))
    .execute()
}

export async function removeBlocked(db: Database, numberId: string, key: string): Promise<void> {
  await db
    .deleteFrom('blocked_user')
    .where('number_id', '=', numberId)
    .where('key', '=', key)
    .execute()
}

export async function countBlocked(db: Database, numberId: string): Promise<number> {
  const { count } = await db
    .selectFrom('blocked_user')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('number_id', '=', numberId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Row = {
  key: string
  phone: string | null
  user_id: string | null
  blocked_by: string | null
  blocked_at: Date | null
  contact: Contact | null
}
type Wish = { q?: string | undefined; contactId?: string | undefined; after: string; ask: number }

/** A page of the kept list, each with the contact it is, as far as we know one. By key. */
export async function readBlocked(
  db: Database,
  numberId: string,
  { q = '', contactId, after, ask }: Wish,
): Promise<BlockedUser[]> {
  const text = q.trim().replace(/^@/, '')
  const pattern = containing(text)
  const digits = text.replace(/[^\d]/g, '')
  const byDigits = digits === '' ? sql`false` : sql`b.phone like ${containing(digits)}`
  const { rows } = await sql<Row>`
    select b.key, b.phone, b.user_id, b.blocked_by, b.blocked_at, known.data as contact
    from blocked_user b left join lateral (
      select contact.id, contact.data from contact_alias alias join contact on contact.id = alias.contact_id
      where (alias.kind = 'user-id' and alias.value = b.user_id) or (alias.kind = 'phone' and alias.value = b.phone)
      order by alias.kind desc limit 1
    ) known on true
    where b.number_id = ${numberId} and b.key > ${after}
      ${contactId === undefined ? sql`` : sql`and known.id = ${contactId}`}
      ${
        text === ''
          ? sql``
          : sql`and (known.data->>'name' ilike ${pattern} or known.data->>'username' ilike ${pattern}
              or b.user_id ilike ${pattern} or ${byDigits})`
      }
    order by b.key limit ${ask}
  `.execute(db)
  return rows.map(({ key, phone, user_id, blocked_by, blocked_at, contact }) => ({
    key,
    phone,
    userId: user_id,
    contact: contact === null ? null : { id: contact.id, name: contactName(contact) },
    blockedBy: blocked_by,
    blockedAt: blocked_at?.toISOString() ?? null,
  }))
}

import type { OwnNumber } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'

/** @throws AppError not-found */
export async function ourNumber(db: Database, id: string): Promise<OwnNumber> {
  const row = await db
    .selectFrom('number')
    .select('data')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new AppError('not-found', 'no such number')
  return row.data
}

/** @throws AppError unavailable while there is no token */
export function connected(client: () => Client | undefined): Client {
  const found = client()
  if (found === undefined) throw new AppError('unavailable', 'no WhatsApp token is set')
  return found
}

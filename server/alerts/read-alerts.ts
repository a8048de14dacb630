import type { Selectable } from 'kysely'
import type { Database } from '../store/database.ts'
import type { AlertTables } from './tables.ts'

export type AlertRow = Selectable<AlertTables['alert']>

/** What is wrong now, newest first; with `all` also what was. There is one row for each kind and subject, so few. */
export function readAlerts(db: Database, which: 'open' | 'all'): Promise<AlertRow[]> {
  return db
    .selectFrom('alert')
    .selectAll()
    .$if(which === 'open', (query) => query.where('cleared_at', 'is', null))
    .orderBy('since', 'desc')
    .orderBy('kind')
    .orderBy('subject')
    .execute()
}

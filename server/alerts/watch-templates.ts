import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Alerts } from './alerts.ts'

/** Raises `template-paused` for templates that messages wait for. */
export async function watchHeld({ db, alerts }: { db: Database; alerts: Alerts }): Promise<void> {
  const { rows } = await sql<{ subject: string; messages: number }>`
    select template_id as subject, count(*)::int as messages from outbox
    where state = 'held' and template_id is not null group by template_id
  `.execute(db)
  await alerts.settle(
    'template-paused',
    rows.map(({ subject, messages }) => ({ subject, details: { messages } })),
  )
}

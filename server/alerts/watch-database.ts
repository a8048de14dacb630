import type { Database } from '../store/database.ts'
import type { Alerts } from './alerts.ts'

/** What nobody looked into in that time is known and left. */
const knownAfterMs = 7 * 24 * 60 * 60_000

/** Ends `database-went-back` after a week; the start raises it (store/epoch.ts). */
export async function endWentBack(parts: {
  db: Database
  alerts: Alerts
  nowMs: () => number
}): Promise<void> {
  const old = await parts.db
    .selectFrom('alert')
    .select('subject')
    .where('kind', '=', 'database-went-back')
    .where('since', '<', new Date(parts.nowMs() - knownAfterMs))
    .execute()
  await parts.alerts.clear(
    'database-went-back',
    old.map(({ subject }) => subject),
  )
}

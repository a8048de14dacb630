import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Alerts } from './alerts.ts'

type Parts = { db: Database; alerts: Alerts; nowMs: () => number }

const behindMs = 5 * 60_000
/** What nobody replayed in that time is known and left. */
const failedMs = 7 * 24 * 60 * 60_000

/** Raises `webhook-behind` while the oldest call that nobody has understood has waited for minutes. */
export async function watchBacklog({ db, alerts, nowMs }: Parts): Promise<void> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    select count(*)::int as count, min(received_at) as oldest from webhook_call where state = 'received'
  `.execute(db)
  const { count, oldest } = rows[0] ?? { count: 0, oldest: null }
  const isBehind = oldest !== null && nowMs() - oldest.getTime() > behindMs
  const details = { calls: count, oldestAt: oldest?.toISOString() }
  await alerts.settle('webhook-behind', isBehind ? [{ subject: '', details }] : [])
}

/** Raises `webhook-failed` while there are dead letters of the last days that nobody has replayed with success. */
export async function watchFailed({ db, alerts, nowMs }: Parts): Promise<void> {
  const { rows } = await sql<{ count: number; newest: Date | null }>`
    select count(*)::int as count, max(received_at) as newest from webhook_call
    where state = 'failed' and received_at > ${new Date(nowMs() - failedMs)}
  `.execute(db)
  const { count, newest } = rows[0] ?? { count: 0, newest: null }
  const details = { calls: count, newestAt: newest?.toISOString() }
  await alerts.settle('webhook-failed', count > 0 ? [{ subject: '', details }] : [])
}

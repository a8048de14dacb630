import { sql } from 'kysely'
import type { Metrics } from '../http/metrics.ts'
import type { Database } from '../store/database.ts'
import type { Alerts } from './alerts.ts'
import { alertKindNames } from './kinds.ts'

/**
 * What a monitoring of the firm's own needs to wake somebody: how silent WhatsApp is, and which alarms are up. While
 * the database is away nobody knows, and the other figures are told all the same.
 */
export function countAlerts(
  metrics: Metrics,
  db: Database,
  alerts: Alerts,
  nowMs: () => number,
): void {
  metrics.reading(
    'kontor_webhook_silence_seconds',
    'Seconds since WhatsApp last called about any number; -1 before the first call.',
    () => readSilence(db, nowMs()).catch(() => Number.NaN),
  )
  const setKind = metrics.gauge('kontor_alerts', 'Alarms that are up, by kind.')
  metrics.reading('kontor_alerts_open', 'Alarms that are up.', async () => {
    const counts = await alerts.count().catch(() => undefined)
    for (const kind of alertKindNames)
      setKind(counts?.get(kind) ?? (counts ? 0 : Number.NaN), { kind })
    return counts === undefined
      ? Number.NaN
      : [...counts.values()].reduce((sum, count) => sum + count, 0)
  })
}

async function readSilence(db: Database, nowMs: number): Promise<number> {
  const { rows } = await sql<{ last: Date | null }>`
    select max(heard_at) as last from number_heard
  `.execute(db)
  const last = rows[0]?.last ?? null
  return last === null ? -1 : Math.max(0, Math.round((nowMs - last.getTime()) / 1000))
}

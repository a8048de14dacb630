import type { ColumnType } from 'kysely'
import type { AlertKind } from './kinds.ts'

/** Tables of migrations/0007-alerts.ts. */
export type AlertTables = {
  alert: {
    kind: AlertKind
    /** What it is about: a number's or template's id, or empty for the whole server. */
    subject: string
    since: Date
    /** Null while it is wrong. */
    cleared_at: Date | null
    details: ColumnType<Record<string, unknown>, string, string>
  }
  number_heard: { phone_number_id: string; heard_at: Date }
  number_hour: { phone_number_id: string; hour: Date; calls: number }
}

import type { ColumnType } from 'kysely'

export type ReadingKind = 'profile' | 'components' | 'links' | 'blocked'

/** Tables of migrations/0015-presence.ts. */
export type PresenceTables = {
  number_reading: {
    number_id: string
    kind: ReadingKind
    value: ColumnType<unknown, string, string>
    read_at: Date
  }
  number_picture: { number_id: string; url: string; mime: string; bytes: Buffer }
  blocked_user: {
    number_id: string
    key: string
    phone: string | null
    user_id: string | null
    blocked_by: string | null
    blocked_at: Date | null
  }
  firm_setting: {
    name: string
    value: ColumnType<unknown, string, string>
    changed_at: Date
    changed_by: string
  }
}

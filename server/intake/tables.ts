import type { ColumnType, Generated } from 'kysely'
import type { Happening, SubjectKind } from './happening.ts'

export type CallState = 'received' | 'done' | 'failed'
export type Outcome = 'stored' | 'duplicate' | 'ignored' | 'parked' | 'failed'
export type AliasKind = 'user-id' | 'phone' | 'parent-user-id'
export type ParkedKind = 'status' | 'reaction' | 'edit' | 'revoke'

/** Tables of the intake; see migrations/0003-intake.ts and 0009-account-events.ts. */
export type IntakeTables = {
  account_event: {
    id: Generated<number>
    call_id: number
    part_index: number
    at: Date
    /** Whether `at` is WhatsApp's word and not the time of the call. */
    is_at_told: boolean
    field: string
    event: string | null
    subject_kind: SubjectKind
    subject_id: string
    account_id: string | null
    number_id: string | null
    before: string | null
    after: string | null
    value: ColumnType<unknown, string, never>
    digest: string
  }
  webhook_call: {
    id: Generated<number>
    sha256: string
    received_at: Date
    body: Buffer | null
    state: Generated<CallState>
    attempts: Generated<number>
    error: ColumnType<string | null, string | null | undefined, string | null>
    /** Not to be tried again before. */
    not_before: ColumnType<Date | null, Date | null | undefined, Date | null>
    purge_after: ColumnType<Date, Date | undefined, Date>
  }
  webhook_part: {
    call_id: number
    index: number
    path: string
    kind: string
    outcome: Outcome
    reason: string | null
    message_id: string | null
    conversation_id: string | null
    /** Meta's id of the number of ours it is about. */
    phone_number_id: ColumnType<string | null, string | null | undefined, string | null>
  }
  contact_alias: {
    kind: AliasKind
    value: string
    contact_id: string
    /** WhatsApp's time since when it is the contact's; the newest of a kind is the one shown. */
    at_ms: number
  }
  parked: {
    id: Generated<number>
    number_id: string
    wamid: string
    kind: ParkedKind
    happening: ColumnType<Happening, string, string>
    call_id: number
    part_index: number
    at: Generated<Date>
  }
}

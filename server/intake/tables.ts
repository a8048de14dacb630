import type { ColumnType, Generated } from 'kysely'
import type { Happening } from './happening.ts'

export type CallState = 'received' | 'done' | 'failed'
export type Outcome = 'stored' | 'duplicate' | 'ignored' | 'parked' | 'failed'
export type AliasKind = 'user-id' | 'phone' | 'parent-user-id'
export type ParkedKind = 'status' | 'reaction' | 'edit' | 'revoke'

/** Tables of the intake; see migrations/0003-intake.ts. */
export type IntakeTables = {
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

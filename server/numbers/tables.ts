import type { Generated } from 'kysely'
import type { ChangeKind } from '../../core/domain/ledger.ts'

/** Tables of migrations/0014-verification.ts beside the replicated one. */
export type VerificationTables = {
  verification_change: {
    id: Generated<number>
    at: Date
    source: 'check' | 'person'
    kind: ChangeKind
    number_id: string | null
    /** Meta's id. */
    account_id: string | null
    fact: string | null
    deed: string | null
    /** What the deed was about, where that is no secret. */
    what: string | null
    before: string | null
    after: string | null
    user_id: string | null
    /** WhatsApp's error code, where it refused the deed. */
    code: string | null
  }
}

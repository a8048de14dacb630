import type { ColumnType, Generated } from 'kysely'
import type { SendError } from '../../core/domain/message.ts'

/**
 * `scheduled` waits for its own time · `held` waits for its template · `waiting_upload` waits for files that are
 * still on their way from a console · `queued` may be claimed · `sending` a call is under way, or was when the server
 * died · `unknown` WhatsApp may have it, and its statuses may still tell · `accepted` it has · `uncertain` nobody
 * knows, a person decides · `failed` · `dismissed` a person decided that it is over. Only `queued`, `sending` and
 * `unknown` hold up what comes after them in their conversation, and `waiting_upload` what its author wrote after it.
 */
export type OutboxState =
  | 'scheduled'
  | 'held'
  | 'waiting_upload'
  | 'queued'
  | 'sending'
  | 'unknown'
  | 'accepted'
  | 'uncertain'
  | 'failed'
  | 'dismissed'

export type SenderTables = {
  outbox: {
    /** The message's id; of a receipt, `receipt:<conversation>`. */
    id: string
    kind: 'message' | 'receipt'
    number_id: string
    conversation_id: string
    /** Small goes first, see lanes.ts. */
    lane: number
    /** The message's place in its conversation. */
    ord: number
    state: OutboxState
    not_before: Date
    /** Still queued then: it does not leave any more. */
    expires_at: Date
    attempt: Generated<number>
    /** Raised by every claim, so that a call of long ago cannot speak for the row. */
    fence: Generated<number>
    /** `sending`: when the call must be over. `unknown`: how long a status is waited for. */
    lease_until: Date | null
    last_error: ColumnType<SendError | null, string | null, string | null>
    /** Given by WhatsApp; of a receipt, the message that was read. */
    wamid: string | null
    /** The lane's epoch when it was written: what came out of a backup is not sent. */
    created_epoch: string
    created_at: Date
    /** The template it is made of, where it is one of ours. */
    template_id: string | null
    /** Files that are not here yet, by id. */
    waits_for: ColumnType<string[] | null, string[] | null | undefined, string[] | null>
    /** Who wrote the message, where that is known. */
    author_id: ColumnType<string | null, string | null | undefined, never>
    /** When its state last changed. */
    moved_at: Generated<Date>
  }
}

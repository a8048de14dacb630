import type { Conversation } from '../../core/domain/conversation.ts'
import type { BeforeCommit } from './log.ts'

/** Keeps a row for each opening of a conversation, so that figures do not depend on what is open now. */
export const recordOpenings: BeforeCommit = async (tx, written) => {
  for (const { change, before } of written) {
    if (change.entity !== 'conversation') continue
    const was = before as Conversation | undefined // the row before has the same entity
    const now = change.row
    if (was === undefined || was.openedAtMs !== now.openedAtMs) {
      await tx.sql
        .insertInto('opening')
        .values({
          conversation_id: now.id,
          opened_at_ms: now.openedAtMs,
          resolved_at_ms: null,
          resolved_by: null,
        })
        .onConflict((conflict) => conflict.columns(['conversation_id', 'opened_at_ms']).doNothing())
        .execute()
    }
    if (was?.status !== 'resolved' && now.status === 'resolved') {
      await tx.sql
        .updateTable('opening')
        .set({ resolved_at_ms: now.resolvedAtMs })
        .where('conversation_id', '=', now.id)
        .where('opened_at_ms', '=', now.openedAtMs)
        .execute()
    }
  }
}

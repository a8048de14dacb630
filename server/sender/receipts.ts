import type { Message } from '../../core/domain/message.ts'
import type { ReadMark } from '../../core/domain/people.ts'
import type { LogTx, Written } from '../log/transaction.ts'
import type { OutboxRow } from './enqueue.ts'
import { lanes } from './lanes.ts'

/** Blue ticks a day late tell the contact nothing. */
const receiptExpiresMs = 24 * 60 * 60_000

/** One receipt per conversation: it covers all before it, so a newer one takes its place. @see facts 2.6 */
export async function receiptRow(
  tx: LogTx,
  { change, before }: Written,
): Promise<OutboxRow | undefined> {
  if (change.entity !== 'read') return undefined
  const mark = change.row
  const seenBefore = (before as ReadMark | undefined)?.inbound ?? 0 // the row before has the same entity
  if (mark.inbound <= seenBefore) return undefined
  const conversation = await tx.get('conversation', mark.conversationId)
  if (conversation === undefined) return undefined
  const newest = await newestSeen(tx, mark, conversation.inboundCount)
  if (newest?.wamid === undefined) return undefined
  const now = new Date(tx.nowMs)
  return {
    id: `receipt:${conversation.id}`,
    kind: 'receipt',
    number_id: conversation.numberId,
    conversation_id: conversation.id,
    lane: lanes.agent,
    ord: newest.ord,
    state: 'queued',
    wamid: newest.wamid,
    not_before: now,
    expires_at: new Date(tx.nowMs + receiptExpiresMs),
    created_at: now,
    moved_at: now,
    created_epoch: '',
  }
}

/** The newest message among those the person has seen; they may be behind what the contact wrote meanwhile. */
async function newestSeen(tx: LogTx, mark: ReadMark, count: number): Promise<Message | undefined> {
  const found = await tx.sql
    .selectFrom('message')
    .select('data')
    .where('conversation_id', '=', mark.conversationId)
    .where('direction', '=', 'in')
    .where((eb) => eb(eb.ref('data', '->').key('isHistory'), 'is', null))
    .orderBy('ord', 'desc')
    .offset(Math.max(0, count - mark.inbound))
    .limit(20)
    .execute()
  return found
    .map(({ data }) => data)
    .find(({ type }) => type !== 'reaction' && type !== 'unsupported')
}

export async function putReceipts(tx: LogTx, rows: readonly OutboxRow[]): Promise<void> {
  for (const row of rows) {
    await tx.sql
      .insertInto('outbox')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            ord: row.ord,
            wamid: row.wamid ?? null,
            state: 'queued' as const,
            not_before: row.not_before,
            expires_at: row.expires_at,
            created_epoch: row.created_epoch,
            attempt: 0,
            fence: eb('outbox.fence', '+', 1),
          }))
          .where('outbox.ord', '<', row.ord),
      )
      .execute()
  }
}

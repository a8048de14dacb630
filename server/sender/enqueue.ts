import type { Insertable } from 'kysely'
import type { BeforeCommit } from '../log/log.ts'
import type { LogTx, Written } from '../log/transaction.ts'
import { deadlineMs, laneOf } from './lanes.ts'
import { putReceipts, receiptRow } from './receipts.ts'
import type { SenderTables } from './tables.ts'
import { awaitFiles } from './waiting.ts'

export type OutboxRow = Insertable<SenderTables['outbox']>

/** Rows of one statement; its values are numbered, and PostgreSQL counts up to 65,535. */
const perInsert = 1000

/** Puts every new outgoing message into the outbox, whoever wrote it, and tells WhatsApp what a person has read. */
export const enqueueSends: BeforeCommit = async (tx, written) => {
  const messages: OutboxRow[] = []
  const receipts: OutboxRow[] = []
  for (const one of written) {
    const message = messageRow(tx, one)
    const receipt = message ?? (await receiptRow(tx, one))
    if (message !== undefined) messages.push(message)
    else if (receipt !== undefined) receipts.push(receipt)
  }
  if (messages.length + receipts.length === 0) return
  const { epoch } = await tx.sql
    .selectFrom('lane')
    .select('epoch')
    .where('lane', '=', 0)
    .executeTakeFirstOrThrow()
  for (const row of [...messages, ...receipts]) row.created_epoch = epoch
  await awaitFiles(tx, messages)
  for (let first = 0; first < messages.length; first += perInsert) {
    await tx.sql
      .insertInto('outbox')
      .values(messages.slice(first, first + perInsert))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
  await putReceipts(tx, receipts)
}

function messageRow(tx: LogTx, { change, before }: Written): OutboxRow | undefined {
  if (change.entity !== 'message' || before !== undefined) return undefined
  const message = change.row
  if (message.direction !== 'out' || message.status !== 'queued') return undefined
  const dueMs = Math.max(tx.nowMs, message.sendAtMs ?? 0)
  return {
    id: message.id,
    kind: 'message',
    number_id: message.numberId,
    conversation_id: message.conversationId,
    lane: laneOf(message),
    ord: message.ord,
    state: dueMs > tx.nowMs ? 'scheduled' : 'queued',
    not_before: new Date(dueMs),
    expires_at: new Date(deadlineMs(message, dueMs)),
    template_id: message.template?.id ?? null,
    author_id: message.author?.id ?? null,
    created_at: new Date(tx.nowMs),
    moved_at: new Date(tx.nowMs),
    created_epoch: '',
  }
}

import type { Insertable } from 'kysely'
import type { Message } from '../../core/domain/message.ts'
import type { ReadMark } from '../../core/domain/people.ts'
import type { BeforeCommit } from '../log/log.ts'
import type { LogTx, Written } from '../log/transaction.ts'
import type { SenderTables } from './tables.ts'

type Row = Insertable<SenderTables['outbox']>

/** A reply that could not leave for so long may be out of place: a person decides again. @see sync.md 2.5 */
export const replyExpiresMs = 15 * 60_000
/** Blue ticks a day late tell the contact nothing. */
const receiptExpiresMs = 24 * 60 * 60_000

/** Puts every new outgoing message into the outbox, whoever wrote it, and tells WhatsApp what a person has read. */
export const enqueueSends: BeforeCommit = async (tx, written) => {
  const rows: Row[] = []
  for (const one of written) {
    const row = messageRow(tx, one) ?? (await receiptRow(tx, one))
    if (row !== undefined) rows.push(row)
  }
  if (rows.length === 0) return
  const { epoch } = await tx.sql
    .selectFrom('lane')
    .select('epoch')
    .where('lane', '=', 0)
    .executeTakeFirstOrThrow()
  for (const row of rows) await insert(tx, { ...row, created_epoch: epoch })
}

function messageRow(tx: LogTx, { change, before }: Written): Row | undefined {
  if (change.entity !== 'message' || before !== undefined) return undefined
  const message = change.row
  if (message.direction !== 'out' || message.status !== 'queued') return undefined
  return {
    ...common(tx, message.numberId, message.conversationId),
    id: message.id,
    kind: 'message',
    lane: laneOf(message),
    ord: message.ord,
    expires_at: new Date(tx.nowMs + replyExpiresMs),
  }
}

function laneOf({ author }: Message): number {
  return author?.kind === 'agent' ? 0 : 1
}

/** One receipt per conversation: it covers all before it, so a newer one takes its place. @see facts 2.6 */
async function receiptRow(tx: LogTx, { change, before }: Written): Promise<Row | undefined> {
  if (change.entity !== 'read') return undefined
  const mark = change.row
  const seenBefore = (before as ReadMark | undefined)?.inbound ?? 0 // the row before has the same entity
  if (mark.inbound <= seenBefore) return undefined
  const conversation = await tx.get('conversation', mark.conversationId)
  if (conversation === undefined) return undefined
  const newest = await newestSeen(tx, mark, conversation.inboundCount)
  if (newest?.wamid === undefined) return undefined
  return {
    ...common(tx, conversation.numberId, conversation.id),
    id: `receipt:${conversation.id}`,
    kind: 'receipt',
    lane: 0,
    ord: newest.ord,
    wamid: newest.wamid,
    expires_at: new Date(tx.nowMs + receiptExpiresMs),
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

function common(tx: LogTx, numberId: string, conversationId: string) {
  const now = new Date(tx.nowMs)
  return {
    number_id: numberId,
    conversation_id: conversationId,
    state: 'queued' as const,
    not_before: now,
    created_at: now,
    created_epoch: '',
  }
}

async function insert(tx: LogTx, row: Row): Promise<void> {
  const insertion = tx.sql.insertInto('outbox').values(row)
  if (row.kind === 'message') {
    await insertion.onConflict((conflict) => conflict.column('id').doNothing()).execute()
    return
  }
  await insertion
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

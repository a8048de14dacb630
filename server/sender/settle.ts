import type { Updateable } from 'kysely'
import type { Message, SendError } from '../../core/domain/message.ts'
import { reached } from '../../core/domain/status.ts'
import type { BeforeCommit, Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { SendOutcome } from '../whatsapp/client.ts'
import { isMediaType } from '../whatsapp/outgoing.ts'
import type { Claimed } from './claim.ts'
import { noteRefusal, noteSuccess, pauseNumber } from './health.ts'
import { retryDelayMs } from './retry.ts'
import { moveMessage } from './status.ts'
import type { SenderTables } from './tables.ts'

/** A file takes WhatsApp longer than a text: what follows it is given time not to overtake. @see sync.md 2.5 */
const afterMediaMs = 500
/** Blue ticks that fail so often are not worth more. */
const receiptTries = 3

export type SettleOptions = {
  /** How long a status is waited for after a call whose end nobody knows. */
  uncertainAfterMs: number
  /** Uniform in [0, 1). */
  random: number
}

/** Writes down how a call ended: the outbox row, the message and what it says about the number, in one transaction. */
export async function settle(
  log: Log,
  claimed: Claimed,
  outcome: SendOutcome,
  options: SettleOptions,
): Promise<void> {
  await log.write(async (tx) => {
    if (outcome.kind === 'not-sent' && outcome.effect === 'pause') {
      await pauseNumber(tx, claimed.number.id, outcome.error)
    }
    if (claimed.kind === 'receipt') return settleReceipt(tx, claimed, outcome, options)
    if (outcome.kind === 'sent') return settleSent(tx, claimed, outcome.wamid)
    await settleUnsent(tx, claimed, outcome, options)
  })
}

/** True whatever became of the row meanwhile: WhatsApp has it. */
async function settleSent(tx: LogTx, claimed: Claimed, wamid: string): Promise<void> {
  const message = await tx.get('message', claimed.id)
  if (message === undefined) return
  const isTaken = await isKnown(tx, claimed.number.id, wamid, claimed.id)
  const moved = await moveMessage(tx, message, 'accepted', isTaken ? {} : { wamid })
  await tx.sql
    .updateTable('outbox')
    .set({ state: 'accepted', wamid })
    .where('id', '=', claimed.id)
    .execute()
  await noteSuccess(tx, claimed.number)
  if (isMediaType(moved.type)) await holdFollowing(tx, claimed)
}

async function settleUnsent(
  tx: LogTx,
  claimed: Claimed,
  outcome: Exclude<SendOutcome, { kind: 'sent' }>,
  options: SettleOptions,
): Promise<void> {
  const { error } = outcome
  if (outcome.kind === 'unknown') {
    const until = new Date(tx.nowMs + options.uncertainAfterMs)
    await change(tx, claimed, { state: 'unknown', lease_until: until }, error)
    return
  }
  if (outcome.effect !== 'refuse') {
    await change(tx, claimed, requeued(tx, claimed, outcome, options), error)
    return
  }
  await noteRefusal(tx, claimed.number.id, error)
  const message = await tx.get('message', claimed.id)
  const isOurs = await change(tx, claimed, { state: 'failed' }, error)
  if (!isOurs || message === undefined) return
  await moveMessage(tx, message, 'failed', { error })
  await takeReactionOff(tx, message)
}

/** A reaction that did not leave is not shown on the message it was for. */
async function takeReactionOff(tx: LogTx, { id, reaction }: Message): Promise<void> {
  if (reaction?.messageId === undefined) return
  const target = await tx.get('message', reaction.messageId)
  if (!target?.reactions.some((given) => given.messageId === id)) return
  const reactions = target.reactions.filter((given) => given.messageId !== id)
  tx.put({ entity: 'message', row: { ...target, reactions } })
}

/** Ticks may be given twice without harm, so every failure is tried again, a few times. */
async function settleReceipt(
  tx: LogTx,
  claimed: Claimed,
  outcome: SendOutcome,
  options: SettleOptions,
): Promise<void> {
  if (outcome.kind === 'sent') {
    await change(tx, claimed, { state: 'accepted' }, null)
    return
  }
  const isPaused = outcome.kind === 'not-sent' && outcome.effect === 'pause'
  const isRefused = outcome.kind === 'not-sent' && outcome.effect === 'refuse'
  const isOver = isRefused || (!isPaused && claimed.attempt >= receiptTries)
  const next = isOver ? { state: 'failed' as const } : requeued(tx, claimed, outcome, options)
  await change(tx, claimed, next, outcome.error)
}

/** What waits for the token waits for nothing else. */
function requeued(
  tx: LogTx,
  { attempt }: Claimed,
  outcome: Exclude<SendOutcome, { kind: 'sent' }>,
  { random }: SettleOptions,
) {
  const isPaused = outcome.kind === 'not-sent' && outcome.effect === 'pause'
  const waitMs = isPaused ? 0 : retryDelayMs(outcome.error, attempt, random)
  return { state: 'queued' as const, not_before: new Date(tx.nowMs + waitMs), lease_until: null }
}

/** @returns whether the row was still this claim's to change */
async function change(
  tx: LogTx,
  { id, fence }: Claimed,
  next: Updateable<SenderTables['outbox']>,
  error: SendError | null,
): Promise<boolean> {
  const changed = await tx.sql
    .updateTable('outbox')
    .set({ ...next, last_error: error === null ? null : JSON.stringify(error) })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('state', '=', 'sending')
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

async function isKnown(tx: LogTx, numberId: string, wamid: string, id: string): Promise<boolean> {
  const other = await tx.sql
    .selectFrom('message')
    .select('id')
    .where('number_id', '=', numberId)
    .where('wamid', '=', wamid)
    .where('id', '<>', id)
    .executeTakeFirst()
  return other !== undefined
}

async function holdFollowing(tx: LogTx, { conversationId }: Claimed): Promise<void> {
  const notBefore = new Date(tx.nowMs + afterMediaMs)
  await tx.sql
    .updateTable('outbox')
    .set((eb) => ({ not_before: eb.fn('greatest', ['not_before', eb.val(notBefore)]) }))
    .where('conversation_id', '=', conversationId)
    .where('kind', '=', 'message')
    .where('state', '=', 'queued')
    .execute()
}

/**
 * A status webhook may know before the answer to the call does, or instead of it: whatever WhatsApp reports of a
 * message proves that it has it, so its row is through and what waits behind it may go.
 */
export const settleReported: BeforeCommit = async (tx, written) => {
  for (const { change: written_, before } of written) {
    if (written_.entity !== 'message' || written_.row.direction !== 'out' || before === undefined) {
      continue
    }
    const now = written_.row
    const was = before as typeof now // the row before has the same entity
    const isReported = reached(now.status, 'accepted') || now.wamid !== undefined
    const wasReported = reached(was.status, 'accepted') || was.wamid !== undefined
    if (!isReported || wasReported) continue
    await tx.sql
      .updateTable('outbox')
      .set({ state: 'accepted', ...(now.wamid === undefined ? {} : { wamid: now.wamid }) })
      .where('id', '=', now.id)
      .where('state', '<>', 'accepted')
      .execute()
  }
}

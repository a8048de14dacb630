import { sql } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { SendOutcome } from '../whatsapp/client.ts'
import { isMediaType } from '../whatsapp/outgoing.ts'
import type { Alert } from './alert.ts'
import { rowOf } from './candidates.ts'
import type { Claimed } from './claim.ts'
import { noteRefusal, noteSuccess, pauseNumber } from './health.ts'
import { noteTemplateRefusal } from './holds.ts'
import { moveRows, type Move } from './moves.ts'
import { retryDelayMs } from './retry.ts'
import { moveMessage, noteWaiting } from './status.ts'

/** A file takes WhatsApp longer than a text: what follows it is given time not to overtake. @see sync.md 2.5 */
const afterMediaMs = 500
/** Blue ticks that fail so often are not worth more. */
const receiptTries = 3

/** A call that is over. */
export type Ended = {
  claimed: Claimed
  outcome: SendOutcome
  /** Uniform in [0, 1). */
  random: number
}

export type Settled = {
  alerts: Alert[]
  /** When one of them is due again. */
  nextAtMs: number
}

/**
 * Writes down how calls ended: outbox rows, messages and what it says about their numbers, in one transaction.
 *
 * @param uncertainAfterMs how long a status is waited for after a call whose end nobody knows
 */
export function settle(
  log: Log,
  ended: readonly Ended[],
  uncertainAfterMs: number,
): Promise<Settled> {
  return log.write(async (tx) => {
    const taken = await loadAround(tx, ended)
    const moves = ended.flatMap((one) => moveOf(tx, one, taken, uncertainAfterMs))
    const owned = await moveRows(tx, moves)
    const alerts: Alert[] = []
    for (const one of ended) {
      alerts.push(...(await settleNumber(tx, one)))
      if (one.claimed.kind === 'message') {
        await settleMessage(tx, one, owned.has(one.claimed.id), taken)
      }
    }
    const heldUntilMs = await holdFollowing(tx, ended)
    const times = moves.map(
      ({ notBeforeMs, leaseUntilMs }) => notBeforeMs ?? leaseUntilMs ?? Infinity,
    )
    return { alerts, nextAtMs: Math.min(heldUntilMs, ...times) }
  })
}

/**
 * Messages and their conversations, in one question.
 *
 * @returns the ids of messages whose new wamid another message of the number has already
 */
async function loadAround(tx: LogTx, ended: readonly Ended[]): Promise<Set<string>> {
  const messages = ended.filter(({ claimed }) => claimed.kind === 'message')
  if (messages.length === 0) return new Set()
  const { rows } = await sql<{
    id: string
    is_taken: boolean
    message: { data: Message } | null
    conversation: { data: Conversation } | null
  }>`
    select s.id, ${rowOf('message', sql`s.id`)} as message,
      ${rowOf('conversation', sql`s.conversation_id`)} as conversation, exists (
        select from message t where t.number_id = s.number_id and t.wamid = s.wamid and t.id <> s.id offset 0) as is_taken
    from unnest(
      ${messages.map(({ claimed }) => claimed.id)}::text[],
      ${messages.map(({ claimed }) => claimed.conversationId)}::text[],
      ${messages.map(({ claimed }) => claimed.number.id)}::text[],
      ${messages.map(({ outcome }) => (outcome.kind === 'sent' ? outcome.wamid : null))}::text[]
    ) as s (id, conversation_id, number_id, wamid)
  `.execute(tx.sql)
  for (const { message, conversation } of rows) {
    if (message !== null) tx.hold('message', [message])
    if (conversation !== null) tx.hold('conversation', [conversation])
  }
  return new Set(rows.flatMap(({ id, is_taken: isTaken }) => (isTaken ? [id] : [])))
}

/** How the outbox row goes on; a message that becomes `accepted` takes its row along (see reported.ts). */
function moveOf(
  tx: LogTx,
  { claimed, outcome, random }: Ended,
  taken: ReadonlySet<string>,
  uncertainAfterMs: number,
): Move[] {
  const { id, fence } = claimed
  if (outcome.kind === 'sent' && claimed.kind === 'receipt') {
    return [{ id, fence, state: 'accepted' }]
  }
  if (outcome.kind === 'sent') {
    const status = tx.peek('message', id)?.status
    if (status !== undefined && status !== 'failed' && !taken.has(id)) return []
    const state = status === 'failed' ? 'failed' : 'accepted'
    return [{ id, state, wamid: outcome.wamid }] // whatever became of the row meanwhile: WhatsApp has it
  }
  const { error } = outcome
  if (isOver(claimed, outcome)) return [{ id, fence, state: 'failed', error }]
  if (outcome.kind === 'unknown' && claimed.kind === 'message') {
    return [{ id, fence, state: 'unknown', leaseUntilMs: tx.nowMs + uncertainAfterMs, error }]
  }
  // What waits for the token waits for nothing else.
  const isPaused = outcome.kind === 'not-sent' && outcome.effect === 'pause'
  const waitMs = isPaused ? 0 : retryDelayMs(error, claimed.attempt, random)
  return [{ id, fence, state: 'queued', notBeforeMs: tx.nowMs + waitMs, error }]
}

/** Ticks may be given twice without harm, so every failure of theirs is tried again, a few times. */
function isOver(
  { kind, attempt }: Claimed,
  outcome: Exclude<SendOutcome, { kind: 'sent' }>,
): boolean {
  if (outcome.kind === 'not-sent' && outcome.effect === 'pause') return false
  if (outcome.kind === 'not-sent' && outcome.effect === 'refuse') return true
  return kind === 'receipt' && attempt >= receiptTries
}

async function settleNumber(tx: LogTx, { claimed, outcome }: Ended): Promise<Alert[]> {
  const { number, kind } = claimed
  if (outcome.kind === 'sent' && kind === 'message') await noteSuccess(tx, number)
  if (outcome.kind !== 'not-sent') return []
  if (outcome.effect === 'pause') return pauseNumber(tx, number.id, outcome.error)
  if (outcome.effect !== 'refuse' || kind === 'receipt') return []
  return noteRefusal(tx, number.id, outcome.error)
}

async function settleMessage(
  tx: LogTx,
  { claimed, outcome }: Ended,
  isOurs: boolean,
  taken: ReadonlySet<string>,
): Promise<void> {
  const message = tx.peek('message', claimed.id)
  if (message === undefined) return
  if (outcome.kind === 'sent') {
    const isTaken = taken.has(message.id)
    await moveMessage(tx, message, 'accepted', isTaken ? {} : { wamid: outcome.wamid })
    return
  }
  if (outcome.kind !== 'not-sent') return
  if (outcome.effect !== 'refuse') {
    if (isOurs) noteWaiting(tx, message, outcome.error)
    return
  }
  await noteTemplateRefusal(tx, message, outcome.error)
  if (!isOurs) return
  await moveMessage(tx, message, 'failed', { error: outcome.error })
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

/** @returns until when; Infinity when nothing had to be held */
async function holdFollowing(tx: LogTx, ended: readonly Ended[]): Promise<number> {
  const conversations = ended.flatMap(({ claimed, outcome }) =>
    claimed.kind === 'message' &&
    outcome.kind === 'sent' &&
    isMediaType(claimed.outgoing.message.type)
      ? [claimed.conversationId]
      : [],
  )
  if (conversations.length === 0) return Infinity
  const untilMs = tx.nowMs + afterMediaMs
  await sql`
    update outbox set not_before = greatest(not_before, ${new Date(untilMs)})
    where conversation_id = any(${conversations}::text[]) and kind = 'message' and state = 'queued'
  `.execute(tx.sql)
  return untilMs
}

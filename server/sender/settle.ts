import { sql } from 'kysely'
import type { Message } from '../../core/domain/message.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { SendOutcome } from '../whatsapp/client.ts'
import { isMediaType } from '../whatsapp/outgoing.ts'
import type { Alert } from './alert.ts'
import type { Claimed } from './claim.ts'
import { noteRefusal, noteSuccess, pauseNumber } from './health.ts'
import { noteTemplateRefusal } from './holds.ts'
import { moveRows, type Move } from './moves.ts'
import { retryDelayMs } from './retry.ts'
import { moveMessage } from './status.ts'

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
    await loadAround(tx, ended)
    const taken = await takenWamids(tx, ended)
    const moves = ended.map((one) => moveOf(tx, one, uncertainAfterMs))
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

async function loadAround(tx: LogTx, ended: readonly Ended[]): Promise<void> {
  const messages = ended.filter(({ claimed }) => claimed.kind === 'message')
  await tx.load(
    'message',
    messages.map(({ claimed }) => claimed.id),
  )
  await tx.load('conversation', [...new Set(messages.map(({ claimed }) => claimed.conversationId))])
}

/** How the outbox row goes on. */
function moveOf(tx: LogTx, { claimed, outcome, random }: Ended, uncertainAfterMs: number): Move {
  const { id, fence } = claimed
  if (outcome.kind === 'sent') {
    if (claimed.kind === 'receipt') return { id, fence, state: 'accepted' }
    // True whatever became of the row meanwhile: WhatsApp has it.
    const isFailed = tx.peek('message', id)?.status === 'failed'
    return { id, state: isFailed ? 'failed' : 'accepted', wamid: outcome.wamid }
  }
  const { error } = outcome
  if (isOver(claimed, outcome)) return { id, fence, state: 'failed', error }
  if (outcome.kind === 'unknown' && claimed.kind === 'message') {
    return { id, fence, state: 'unknown', leaseUntilMs: tx.nowMs + uncertainAfterMs, error }
  }
  // What waits for the token waits for nothing else.
  const isPaused = outcome.kind === 'not-sent' && outcome.effect === 'pause'
  const waitMs = isPaused ? 0 : retryDelayMs(error, claimed.attempt, random)
  return { id, fence, state: 'queued', notBeforeMs: tx.nowMs + waitMs, error }
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
    const isTaken = taken.has(`${claimed.number.id} ${outcome.wamid}`)
    await moveMessage(tx, message, 'accepted', isTaken ? {} : { wamid: outcome.wamid })
    return
  }
  if (outcome.kind !== 'not-sent' || outcome.effect !== 'refuse') return
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

/** Ids WhatsApp gave that another message of the number has already, as `number wamid`. */
async function takenWamids(tx: LogTx, ended: readonly Ended[]): Promise<Set<string>> {
  const sent = ended.flatMap(({ claimed, outcome }) =>
    claimed.kind === 'message' && outcome.kind === 'sent'
      ? [{ id: claimed.id, numberId: claimed.number.id, wamid: outcome.wamid }]
      : [],
  )
  if (sent.length === 0) return new Set()
  const { rows } = await sql<{ number_id: string; wamid: string }>`
    select m.number_id, m.wamid from unnest(
      ${sent.map(({ id }) => id)}::text[], ${sent.map(({ numberId }) => numberId)}::text[],
      ${sent.map(({ wamid }) => wamid)}::text[]
    ) as s (id, number_id, wamid)
    join message m on m.number_id = s.number_id and m.wamid = s.wamid and m.id <> s.id
  `.execute(tx.sql)
  return new Set(rows.map((row) => `${row.number_id} ${row.wamid}`))
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

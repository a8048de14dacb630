import { sql } from 'kysely'
import { isWindowOpen } from '../../core/domain/conversation.ts'
import type { Message, SendError } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Outgoing } from '../whatsapp/outgoing.ts'
import type { Alert } from './alert.ts'
import { lockCandidates, type Candidate } from './candidates.ts'
import { holdFor, templateTrouble } from './holds.ts'
import { moveRows, type Move } from './moves.ts'
import type { Pace } from './pace/pace.ts'
import { beginSending, moveMessage } from './status.ts'

/** Something this process alone may now send, with all the Graph needs to know of it. */
export type Claimed = {
  id: string
  fence: number
  attempt: number
  lane: number
  number: OwnNumber
  conversationId: string
} & ({ kind: 'message'; outgoing: Outgoing } | { kind: 'receipt'; wamid: string })

export type ClaimOptions = {
  nowMs: number
  pace: Pick<Pace, 'admit'>
  /** By when the call must be over. */
  leaseMs: number
}

export type Claim = {
  claimed: Claimed[]
  alerts: Alert[]
  /** When something that may not leave yet may. */
  nextAtMs: number
  /** Something else came of a row than leaving, so that the rows behind it may be looked at now. */
  hasMoved: boolean
}

/**
 * Takes what may leave and marks it as under way, row and message alike. Committed before the call, so that whatever
 * happens next, it is known that it may have been sent. What WhatsApp would refuse is not called for.
 */
export function claim(
  log: Log,
  candidates: readonly Candidate[],
  options: ClaimOptions,
): Promise<Claim> {
  const ids = candidates.map(({ id }) => id)
  return log.write(async (tx) => {
    const rows = await lockCandidates(tx, options.nowMs, ids)
    await loadAround(tx, rows)
    const result: Claim = { claimed: [], alerts: [], nextAtMs: Infinity, hasMoved: false }
    const moves: Move[] = []
    for (const row of rows) {
      const verdict = await judge(tx, row, options, result.alerts)
      if (verdict === 'full') continue
      if ('claimed' in verdict) {
        result.claimed.push(verdict.claimed)
        continue
      }
      moves.push(verdict)
      result.hasMoved = true
      if (verdict.notBeforeMs !== undefined) {
        result.nextAtMs = Math.min(result.nextAtMs, verdict.notBeforeMs)
      }
    }
    await moveRows(tx, moves)
    await mark(tx, result.claimed, options)
    return result
  })
}

/** What only some of the messages speak of: the message they are about, their template. */
async function loadAround(tx: LogTx, rows: readonly Candidate[]): Promise<void> {
  const messages = rows.flatMap(({ id }) => tx.peek('message', id) ?? [])
  await tx.load('message', messages.flatMap(aboutId))
  await tx.load(
    'template',
    messages.flatMap(({ template }) => template?.id ?? []),
  )
}

/** Gives each claimed row its fence, attempt and lease. */
async function mark(
  tx: LogTx,
  claimed: readonly Claimed[],
  { nowMs, leaseMs }: ClaimOptions,
): Promise<void> {
  if (claimed.length === 0) return
  await sql`
    update outbox set state = 'sending', fence = fence + 1, attempt = attempt + 1,
      lease_until = ${new Date(nowMs + leaseMs)}, moved_at = ${new Date(nowMs)}
    where id = any(${claimed.map(({ id }) => id)}::text[])
  `.execute(tx.sql)
}

type Verdict = 'full' | { claimed: Claimed } | Move

async function judge(
  tx: LogTx,
  row: Candidate,
  options: ClaimOptions,
  alerts: Alert[],
): Promise<Verdict> {
  const number = tx.peek('number', row.number_id)
  if (row.kind === 'receipt') {
    if (number === undefined || row.wamid === null) return { id: row.id, state: 'failed' }
    const refused = admit(row, number, options)
    return refused ?? { claimed: { ...common(row, number), kind: 'receipt', wamid: row.wamid } }
  }
  const message = tx.peek('message', row.id)
  const conversation = tx.peek('conversation', row.conversation_id)
  const contact = conversation && tx.peek('contact', conversation.contactId)
  if (message === undefined || !isWaiting(message)) return { id: row.id, state: 'failed' }
  if (number === undefined || conversation === undefined || contact === undefined) {
    return fail(tx, message, { code: 'incomplete', title: 'Nobody to send it to any more' })
  }
  if (message.type !== 'template' && !isWindowOpen(conversation, tx.nowMs)) {
    return fail(tx, message, { code: 'window-closed', title: 'The 24 hours are over' })
  }
  const trouble = templateTrouble(tx, message)
  if (trouble?.kind === 'hold') return holdFor(tx, message, trouble.template, alerts)
  if (trouble?.kind === 'fail') return fail(tx, message, trouble.error)

  const refused = admit(row, number, options)
  if (refused !== undefined) return refused
  const about = message.reaction ?? message.replyTo
  const target = about?.messageId === undefined ? undefined : tx.peek('message', about.messageId)
  const outgoing: Outgoing = {
    message: await beginSending(tx, message),
    contact,
    aboutWamid: target?.wamid ?? about?.wamid,
  }
  return { claimed: { ...common(row, number), kind: 'message', outgoing } }
}

/** @returns undefined when it may go */
function admit(
  row: Candidate,
  number: OwnNumber,
  { pace, nowMs }: ClaimOptions,
): Exclude<Verdict, { claimed: Claimed }> | undefined {
  const { kind, lane, conversation_id: conversationId, not_before: dueAt } = row
  const leaving = { kind, lane, conversationId, dueAtMs: dueAt.getTime() }
  const admission = pace.admit(number, leaving, nowMs)
  if (admission === 'go') return undefined
  if (admission === 'full') return 'full'
  return { id: row.id, state: 'queued', notBeforeMs: admission.untilMs }
}

async function fail(tx: LogTx, message: Message, error: SendError): Promise<Move> {
  await moveMessage(tx, message, 'failed', { error })
  return { id: message.id, state: 'failed', error }
}

function isWaiting({ status }: Message): boolean {
  return status === 'queued' || status === 'sending' || status === 'held'
}

function aboutId({ reaction, replyTo }: Message): string[] {
  const about = reaction ?? replyTo
  return about?.messageId === undefined ? [] : [about.messageId]
}

function common(row: Candidate, number: OwnNumber) {
  const { id, lane, conversation_id: conversationId } = row
  return { id, lane, conversationId, number, fence: row.fence + 1, attempt: row.attempt + 1 }
}

import { sql, type RawBuilder } from 'kysely'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Outgoing } from '../whatsapp/outgoing.ts'
import { moveMessage } from './status.ts'

/** Something this process alone may now send, with all the Graph needs to know of it. */
export type Claimed = {
  id: string
  fence: number
  attempt: number
  number: OwnNumber
  conversationId: string
} & ({ kind: 'message'; outgoing: Outgoing } | { kind: 'receipt'; wamid: string })

export type ClaimOptions = {
  nowMs: number
  /** At most so many. */
  limit: number
  /** Numbers that WhatsApp told to slow down. */
  heldNumberIds: readonly string[]
  /** By when the call must be over. */
  leaseMs: number
}

type Row = {
  id: string
  kind: 'message' | 'receipt'
  fence: number
  attempt: number
  number_id: string
  conversation_id: string
  wamid: string | null
}

/**
 * Which rows `o` may leave now. Within a conversation the next goes only when the one before it is through or
 * uncertain, never while another call is under way; people overtake rules, and never the other way round.
 */
export function isClaimable(nowMs: number, heldNumberIds: readonly string[]): RawBuilder<boolean> {
  const now = new Date(nowMs)
  return sql<boolean>`
    o.state = 'queued' and o.not_before <= ${now} and o.expires_at > ${now}
    and o.number_id <> all(${heldNumberIds}::text[])
    and not exists (select from number n where n.id = o.number_id and n.data->>'health' = 'paused')
    and (o.kind = 'receipt' or not exists (
      select from outbox p where p.conversation_id = o.conversation_id and p.kind = 'message' and p.id <> o.id and (
        (p.lane = o.lane and p.ord < o.ord and p.state in ('queued', 'sending', 'unknown'))
        or p.state = 'sending'
        or (p.lane < o.lane and p.state = 'queued'))))`
}

/**
 * Takes what may leave and marks it as under way, row and message alike. Committed before the call, so that whatever
 * happens next, it is known that it may have been sent.
 */
export function claim(log: Log, options: ClaimOptions): Promise<Claimed[]> {
  return log.write(async (tx) => {
    const rows = await take(tx, options)
    await tx.load('number', ids(rows, 'number_id'))
    await tx.load('conversation', ids(rows, 'conversation_id'))
    await tx.load(
      'message',
      rows.filter(({ kind }) => kind === 'message').map(({ id }) => id),
    )
    const claimed: Claimed[] = []
    for (const row of rows) {
      const one = row.kind === 'receipt' ? receipt(tx, row) : await message(tx, row)
      if (one !== undefined) claimed.push(one)
    }
    return claimed
  })
}

async function take(tx: LogTx, options: ClaimOptions): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with candidate as (
      select o.id from outbox o where ${isClaimable(options.nowMs, options.heldNumberIds)}
      order by o.lane, o.kind, o.created_at, o.ord limit ${options.limit}
      for update skip locked)
    update outbox set state = 'sending', fence = fence + 1, attempt = attempt + 1,
      lease_until = ${new Date(options.nowMs + options.leaseMs)}
    from candidate where outbox.id = candidate.id and outbox.state = 'queued'
    returning outbox.id, kind, fence, attempt, number_id, conversation_id, wamid
  `.execute(tx.sql)
  return rows
}

function receipt(tx: LogTx, row: Row): Claimed | undefined {
  const number = tx.peek('number', row.number_id)
  if (number === undefined || row.wamid === null) return undefined
  return { ...common(row, number), kind: 'receipt', wamid: row.wamid }
}

async function message(tx: LogTx, row: Row): Promise<Claimed | undefined> {
  const queued = tx.peek('message', row.id)
  const number = tx.peek('number', row.number_id)
  const conversation = tx.peek('conversation', row.conversation_id)
  const contact = conversation && (await tx.get('contact', conversation.contactId))
  const isOpen = queued?.status === 'queued' || queued?.status === 'sending'
  if (!isOpen || number === undefined || contact === undefined) {
    const error = { code: 'incomplete', title: 'Nobody to send it to any more' }
    if (isOpen) await moveMessage(tx, queued, 'failed', { error })
    await tx.sql.updateTable('outbox').set({ state: 'failed' }).where('id', '=', row.id).execute()
    return undefined
  }
  const about = queued.reaction ?? queued.replyTo
  const target =
    about?.messageId === undefined ? undefined : await tx.get('message', about.messageId)
  const outgoing: Outgoing = {
    message: await moveMessage(tx, queued, 'sending'),
    contact,
    aboutWamid: target?.wamid ?? about?.wamid,
  }
  return { ...common(row, number), kind: 'message', outgoing }
}

function common({ id, fence, attempt, conversation_id: conversationId }: Row, number: OwnNumber) {
  return { id, fence, attempt, conversationId, number }
}

function ids(rows: readonly Row[], column: 'number_id' | 'conversation_id'): string[] {
  return rows.map((row) => row[column])
}

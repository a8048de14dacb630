import { sql } from 'kysely'
import type { TemplateId } from '../../core/domain/ids.ts'
import type { Message, SendError } from '../../core/domain/message.ts'
import { isSendable, type Template } from '../../core/domain/template.ts'
import type { BeforeCommit } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Alert } from './alert.ts'
import type { Move } from './moves.ts'
import { holdMessage } from './status.ts'

/** WhatsApp's word for a template that may come back by itself. @see facts 4.4 */
const paused = 'PAUSED'

type Trouble = { kind: 'hold'; template: Template } | { kind: 'fail'; error: SendError }

/**
 * Whether WhatsApp would refuse the message because of its template, as far as we know that template. One we do not
 * have is for WhatsApp to judge.
 */
export function templateTrouble(tx: LogTx, { template: use }: Message): Trouble | undefined {
  const template = use?.id === undefined ? undefined : tx.peek('template', use.id)
  if (template === undefined || isSendable(template)) return undefined
  if (template.status === paused && template.isGone !== true) return { kind: 'hold', template }
  const details = template.isGone === true ? 'GONE' : template.status
  const error = { code: 'template-unavailable', title: 'Template cannot be used', details }
  return { kind: 'fail', error }
}

/** The message waits until its template is decided about, or until its own time is over. */
export async function holdFor(
  tx: LogTx,
  message: Message,
  template: Template,
  alerts: Alert[],
): Promise<Move> {
  const error = { code: 'template-paused', title: 'Template is paused' }
  const isKnown =
    alerts.some(({ subject }) => subject === template.id) || (await isHeldOn(tx, template.id))
  if (!isKnown) alerts.push({ kind: 'template-paused', subject: template.id, code: error.code })
  await holdMessage(tx, message, error)
  return { id: message.id, state: 'held', error }
}

async function isHeldOn(tx: LogTx, id: TemplateId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from outbox where template_id = ${id} and state = 'held') as is
  `.execute(tx.sql)
  return rows[0]?.is === true
}

/** A template is decided about, one way or the other: what waited for it has its turn again. */
export const releaseHeld: BeforeCommit = async (tx, written) => {
  const decided = written.flatMap(({ change }) =>
    change.entity === 'template' && (change.row.status !== paused || change.row.isGone === true)
      ? [change.row.id]
      : [],
  )
  if (decided.length === 0) return
  await sql`
    update outbox set state = 'queued', moved_at = ${new Date(tx.nowMs)}
    where state = 'held' and template_id = any(${decided}::text[])
  `.execute(tx.sql)
}

/** What WhatsApp says of a template when it refuses a message made of it. @see facts 9 */
const statusAfter: Record<string, string> = { 132015: paused, 132016: 'DISABLED' }

/** The next ones made of it need not ask: what we hold of the template is behind WhatsApp. */
export async function noteTemplateRefusal(
  tx: LogTx,
  { template: use }: Message,
  { code }: SendError,
): Promise<void> {
  const status = statusAfter[code]
  if (use?.id === undefined || status === undefined) return
  const template = await tx.get('template', use.id)
  if (template === undefined || !isSendable(template)) return
  tx.put({ entity: 'template', row: { ...template, status, updatedAtMs: tx.nowMs } })
}

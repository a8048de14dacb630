import { sql } from 'kysely'
import type { SendError } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { LogTx } from '../log/transaction.ts'
import { isNumberFault } from '../whatsapp/errors.ts'
import { replyExpiresMs } from './enqueue.ts'

/** The token is refused: what waits keeps waiting until it is accepted again. `healthReason` is WhatsApp's code. */
export async function pauseNumber(tx: LogTx, id: string, error: SendError): Promise<void> {
  await setHealth(tx, id, { health: 'paused', healthReason: String(error.code) })
}

/** The number can be used again. What waited meanwhile is given its time anew. */
export async function resumeNumber(tx: LogTx, id: string): Promise<void> {
  await setHealth(tx, id, { health: 'ok' })
  await tx.sql
    .updateTable('outbox')
    .set({ expires_at: sql`greatest(expires_at, ${new Date(tx.nowMs + replyExpiresMs)})` })
    .where('number_id', '=', id)
    .where('state', '=', 'queued')
    .execute()
}

/** Shows what a refusal says about the number itself, and takes it back once a message has left. */
export async function noteRefusal(tx: LogTx, id: string, error: SendError): Promise<void> {
  if (typeof error.code !== 'number' || !isNumberFault(error.code)) return
  await setHealth(tx, id, { health: 'error', healthReason: String(error.code) })
}

export async function noteSuccess(tx: LogTx, { id, health }: OwnNumber): Promise<void> {
  if (health === 'error') await setHealth(tx, id, { health: 'ok' })
}

type Health = Pick<OwnNumber, 'health' | 'healthReason'>

async function setHealth(tx: LogTx, id: string, health: Health): Promise<void> {
  const number = await tx.get('number', id)
  if (number === undefined) return
  if (number.health === health.health && number.healthReason === health.healthReason) return
  const { healthReason: _before, ...rest } = number
  tx.put({ entity: 'number', row: { ...rest, ...health } })
}

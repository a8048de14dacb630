import { sql } from 'kysely'
import type { SendError } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { LogTx } from '../log/transaction.ts'
import { isNumberFault } from '../whatsapp/errors.ts'
import type { Alert } from './alert.ts'
import { lastPatientLane, replyExpiresMs } from './lanes.ts'

/**
 * The token is refused: what waits keeps waiting until it is accepted again. `healthReason` is WhatsApp's code.
 *
 * @returns the one alarm; none when the number was paused before
 */
export async function pauseNumber(tx: LogTx, id: string, error: SendError): Promise<Alert[]> {
  const health = { health: 'paused', healthReason: String(error.code) } as const
  const isNew = await setHealth(tx, id, health)
  return isNew ? [{ kind: 'number-paused', subject: id, code: error.code }] : []
}

/** The number can be used again. What people and rules wrote meanwhile is given its time anew. */
export async function resumeNumber(tx: LogTx, id: string): Promise<void> {
  await setHealth(tx, id, { health: 'ok' })
  await tx.sql
    .updateTable('outbox')
    .set({ expires_at: sql`greatest(expires_at, ${new Date(tx.nowMs + replyExpiresMs)})` })
    .where('number_id', '=', id)
    .where('state', '=', 'queued')
    .where('lane', '<=', lastPatientLane)
    .execute()
}

/** Shows what a refusal says about the number itself, and takes it back once a message has left. */
export async function noteRefusal(tx: LogTx, id: string, error: SendError): Promise<Alert[]> {
  if (typeof error.code !== 'number' || !isNumberFault(error.code)) return []
  const number = await tx.get('number', id)
  if (number?.health === 'paused') return [] // only a token that is accepted ends a pause
  const isNew = await setHealth(tx, id, { health: 'error', healthReason: String(error.code) })
  return isNew ? [{ kind: 'number-error', subject: id, code: error.code }] : []
}

export async function noteSuccess(tx: LogTx, { id, health }: OwnNumber): Promise<void> {
  if (health === 'error') await setHealth(tx, id, { health: 'ok' })
}

type Health = Pick<OwnNumber, 'health' | 'healthReason'>

/** @returns whether it had another health before */
async function setHealth(tx: LogTx, id: string, next: Health): Promise<boolean> {
  const number = await tx.get('number', id)
  if (number === undefined) return false
  const { health, healthReason, ...rest } = number
  if (health === next.health && healthReason === next.healthReason) return false
  tx.put({ entity: 'number', row: { ...rest, ...next } })
  return health !== next.health
}

import type { Message } from '../../core/domain/message.ts'
import type { TickState } from '../ui/ticks.ts'

const states: Partial<Record<Message['status'], TickState>> = {
  held: 'held',
  queued: 'queued',
  sending: 'queued',
  accepted: 'accepted',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  uncertain: 'uncertain',
}

/**
 * The tick of a message, or none for what does not go to the contact.
 *
 * @param isLocal only this machine knows the message so far
 */
export function tickOf(
  message: Pick<Message, 'direction' | 'status'> & Partial<Pick<Message, 'statusAt'>>,
  isLocal = false,
): TickState | null {
  if (message.direction !== 'out') return null
  if (isLocal && (message.status === 'queued' || message.status === 'sending')) return 'waiting'
  if (message.statusAt?.played !== undefined) return 'played'
  return states[message.status] ?? null
}

import Type, { type Static } from 'typebox'

/**
 * How far a message has come. Outgoing: `held` and `queued` on our side, `sending` while the call is under
 * way, then what WhatsApp said. `received` is an incoming message, `saved` a note.
 */
export const MessageStatus = Type.Enum([
  'held',
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'uncertain',
  'received',
  'saved',
])
export type MessageStatus = Static<typeof MessageStatus>

const steps: readonly MessageStatus[] = [
  'held',
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
]

/**
 * Where a message stands after hearing `next`. Receipts arrive late, twice and out of order, and none of it
 * matters: steps only go forward, `failed` wins only before `delivered`, and `uncertain` or `failed` gives way to
 * whatever WhatsApp later proves.
 */
export function further(now: MessageStatus, next: MessageStatus): MessageStatus {
  if (now === next || now === 'received' || now === 'saved') return now
  if (next === 'failed') return reached(now, 'delivered') ? now : 'failed'
  if (next === 'uncertain') return reached(now, 'accepted') || now === 'failed' ? now : 'uncertain'
  if (now === 'failed') return reached(next, 'delivered') ? next : now
  if (now === 'uncertain') return reached(next, 'accepted') ? next : now
  return steps.indexOf(next) > steps.indexOf(now) ? next : now
}

/** Whether `status` is `step` or beyond it on the way from `held` to `read`. */
export function reached(status: MessageStatus, step: MessageStatus): boolean {
  const at = steps.indexOf(status)
  return at >= 0 && at >= steps.indexOf(step)
}

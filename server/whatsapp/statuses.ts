import type { Message, SendError } from '../../core/domain/message.ts'
import type { ReportedStatus } from '../intake/happening.ts'
import { told, type Reading } from './messages.ts'
import { completed, type Place } from './people.ts'
import { compact, phoneOf, textOf, timeOf } from './values.ts'
import { Pricing, read, ReportedError, Status } from './wire.ts'

/** `played` is a step beyond `read` that only voice messages have. */
const steps: Record<string, ReportedStatus> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
}

/** A member of `statuses[]`: how far a message of ours has come. @see facts 5.8 */
export function translateStatus(item: unknown, { on, people }: Place): Reading {
  const status = read(Status, item)
  if (status === undefined) return { kind: 'status', failed: 'a status without an id' }
  if (on === undefined) return { kind: 'status', failed: 'phone_number_id is missing' }
  if (status.type !== undefined && status.type !== 'message') {
    return { kind: 'status', ignored: `status of a ${status.type}, kept` }
  }
  const step = Object.hasOwn(steps, status.status) ? steps[status.status] : undefined
  if (step === undefined) return { kind: 'status', ignored: `status ${status.status}, kept` }
  return told({
    kind: 'status-changed',
    on,
    who: completed(recipientOf(status), people),
    atMs: timeOf(status.timestamp),
    wamid: status.id,
    callbackId: textOf(status.biz_opaque_callback_data),
    status: step,
    isPlayed: status.status === 'played' ? true : undefined,
    ...compact({
      error: step === 'failed' ? (errorOf(status.errors?.[0]) ?? unexplained) : undefined,
      price: priceOf(status.pricing),
    }),
  })
}

const unexplained: SendError = { code: 'unknown', title: 'WhatsApp gave no reason' }

function recipientOf(status: Status) {
  if (status.recipient_type === 'group') return {}
  return {
    phone: phoneOf(status.recipient_id),
    userId: textOf(status.recipient_user_id),
    parentUserId: status.recipient_parent_user_id ?? status.parent_recipient_user_id,
  }
}

/** Meta's webhook error object; some codes come as text. */
export function errorOf(item: unknown): SendError | undefined {
  const error = read(ReportedError, item)
  if (error === undefined) return undefined
  const code = Number(error.code)
  return compact({
    code: Number.isSafeInteger(code) ? code : (textOf(error.code) ?? 'unknown'),
    title: textOf(error.title) ?? textOf(error.message) ?? `WhatsApp error ${error.code ?? ''}`,
    details: textOf(error.error_data?.details),
    href: textOf(error.href),
  })
}

function priceOf(item: unknown): Message['price'] {
  const found = read(Pricing, item)
  if (found === undefined) return undefined
  const amount = Number(found.cost?.amount)
  return compact({
    category: found.category,
    billable: found.billable ?? found.type === 'regular',
    model: found.pricing_model,
    type: found.type,
    amountMicros: Number.isFinite(amount) ? Math.round(amount * 1e6) : undefined,
    currency: Number.isFinite(amount) ? found.cost?.currency : undefined,
  })
}

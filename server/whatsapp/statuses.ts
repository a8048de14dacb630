import type { Message, SendError } from '../../core/domain/message.ts'
import type { ReportedStatus } from '../intake/happening.ts'
import { told, type Reading } from './messages.ts'
import { completed, recipientOf, type Place } from './people.ts'
import { compact, textOf, timeOf } from './values.ts'
import { BilledConversation, Pricing, read, ReportedError, Status } from './wire.ts'
import { callStatus } from './calls.ts'

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
  if (status.type === 'call') return callStatus(status, on, people)
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
    freeEntry: freeEntryOf(status),
    ...compact({
      error: step === 'failed' ? (errorOf(status.errors?.[0]) ?? unexplained) : undefined,
      price: priceOf(status.pricing),
    }),
  })
}

const unexplained: SendError = { code: 'unknown', title: 'WhatsApp gave no reason' }

/** Whether and until when messages are free because the contact came from an ad. @see facts 6.1 */
function freeEntryOf({ conversation, pricing }: Status): { untilMs?: number } | undefined {
  const billed = read(BilledConversation, conversation)
  const isEntry =
    billed?.origin?.type === 'referral_conversion' ||
    read(Pricing, pricing)?.type === 'free_entry_point'
  return isEntry ? compact({ untilMs: timeOf(billed?.expiration_timestamp) }) : undefined
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

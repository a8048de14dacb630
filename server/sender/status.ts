import type { Message, SendError, StatusTimes } from '../../core/domain/message.ts'
import { further, type MessageStatus } from '../../core/domain/status.ts'
import type { LogTx } from '../log/transaction.ts'

/**
 * Brings a message a step further, with what else is new about it, and the list row that shows it. Nothing is written
 * when both are as they were.
 *
 * @returns the message as it is now
 */
export async function moveMessage(
  tx: LogTx,
  message: Message,
  next: MessageStatus,
  more: Partial<Message> = {},
): Promise<Message> {
  const status = further(message.status, next)
  if (status === message.status && isWithin(more, message)) return message
  const row: Message = { ...message, ...more, status, statusAt: timesOf(message, next, tx.nowMs) }
  return put(tx, message, row)
}

/** Says why a message that is still on its way has to wait. */
export function noteWaiting(tx: LogTx, message: Message, error: SendError): void {
  const isOnItsWay = message.status === 'queued' || message.status === 'sending'
  if (!isOnItsWay || message.error?.code === error.code) return
  tx.put({ entity: 'message', row: { ...message, error } })
}

/** A call is under way: what it waited for is over. */
export async function beginSending(tx: LogTx, message: Message): Promise<Message> {
  const { error, ...rest } = message
  if (message.status === 'sending' && error === undefined) return message
  return put(tx, message, { ...rest, status: further(message.status, 'sending') })
}

/** Takes a message out of the queue, for a reason that may pass by itself. */
export async function holdMessage(tx: LogTx, message: Message, error: SendError): Promise<void> {
  if (message.status === 'held' && message.error?.code === error.code) return
  await put(tx, message, { ...message, status: 'held', error })
}

async function put(tx: LogTx, before: Message, row: Message): Promise<Message> {
  tx.put({ entity: 'message', row })
  if (row.status === before.status) return row
  const conversation = await tx.get('conversation', row.conversationId)
  const shown = conversation?.lastMessage
  if (conversation && shown?.messageId === row.id && shown.status !== row.status) {
    const lastMessage = { ...shown, status: row.status }
    tx.put({ entity: 'conversation', row: { ...conversation, lastMessage } })
  }
  return row
}

const timed: ReadonlySet<string> = new Set(['accepted', 'failed', 'uncertain'])

function timesOf({ statusAt }: Message, next: MessageStatus, nowMs: number): StatusTimes {
  return timed.has(next) ? { [next]: nowMs, ...statusAt } : statusAt
}

function isWithin(part: Partial<Message>, whole: Message): boolean {
  return Object.entries(part).every(([key, value]) => Reflect.get(whole, key) === value)
}

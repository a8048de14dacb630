import type { Message, StatusTimes } from '../../core/domain/message.ts'
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
  tx.put({ entity: 'message', row })
  const conversation = await tx.get('conversation', message.conversationId)
  const shown = conversation?.lastMessage
  if (conversation && shown?.messageId === row.id && shown.status !== status) {
    const lastMessage = { ...shown, status }
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

import type { ConversationStatus } from '../../core/domain/conversation.ts'
import type { SnoozeUntil } from '../../core/domain/snooze.ts'
import { AppError } from '../../core/lib/errors.ts'

type Asked = {
  status?: ConversationStatus | undefined
  snoozedUntil?: string | null | undefined
}

/** The snooze that a change of a conversation asks for; null when it asks for none. @throws AppError bad-request */
export function snoozeIn({ status, snoozedUntil }: Asked): SnoozeUntil | null {
  const isAsked = status === 'snoozed' || (status === undefined && snoozedUntil !== undefined)
  if (!isAsked && snoozedUntil === undefined) return null
  if (!isAsked) throw unfit(`nothing is snoozed with the status ${status}`)
  if (snoozedUntil === undefined) {
    throw unfit('a time, or null with the status snoozed until the contact writes')
  }
  if (snoozedUntil !== null) return { kind: 'time', atMs: Date.parse(snoozedUntil) }
  if (status === undefined) throw unfit('null only together with the status snoozed')
  return { kind: 'reply' }
}

function unfit(reason: string): AppError {
  const details = { at: '/body/snoozedUntil', reason }
  return new AppError('bad-request', `snoozedUntil does not fit: ${reason}`, { details })
}

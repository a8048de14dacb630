import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'

/** What a thread shows, top to bottom. `startsGroup` carries name and extra space, `endsGroup` is the last of it. */
export type Row =
  | { kind: 'day'; key: string; atMs: number }
  | { kind: 'unread'; key: string }
  | { kind: 'activity'; key: string; message: Message }
  | { kind: 'note'; key: string; message: Message }
  | { kind: 'bubble'; key: string; message: Message; startsGroup: boolean }

/** Messages by one speaker stay together for this long. */
const groupMs = 5 * 60 * 1000

/** Rows of messages that are already in the order shown. Reactions are drawn on what they point at, not here. */
export function rowsOf(messages: readonly Message[], firstUnreadId: MessageId | null): Row[] {
  const rows: Row[] = []
  let dayBefore = ''
  let before: Message | undefined
  for (const message of messages) {
    if (message.type === 'reaction') continue
    const day = new Date(message.sentAtMs).toDateString()
    if (day !== dayBefore) rows.push({ kind: 'day', key: `day ${day}`, atMs: message.sentAtMs })
    if (day !== dayBefore) before = undefined
    dayBefore = day
    if (message.id === firstUnreadId) {
      rows.push({ kind: 'unread', key: 'unread' })
      before = undefined
    }
    rows.push(rowOf(message, before))
    before = message
  }
  return rows
}

function rowOf(message: Message, before: Message | undefined): Row {
  const key = message.id
  if (message.direction === 'system') return { kind: 'activity', key, message }
  if (message.direction === 'note') return { kind: 'note', key, message }
  const startsGroup = before === undefined || !isTogether(before, message)
  return { kind: 'bubble', key, message, startsGroup }
}

function isTogether(a: Message, b: Message): boolean {
  return speaker(a) === speaker(b) && b.sentAtMs - a.sentAtMs <= groupMs
}

function speaker({ direction, author }: Message): string {
  return direction === 'in' ? 'in' : `${direction} ${author?.kind} ${author?.id ?? author?.name}`
}

/** Older than this on arrival, a message is said to be late. */
const lateMs = 60 * 1000

export function isLate(message: Message): boolean {
  return (
    message.direction === 'in' &&
    message.isHistory !== true &&
    message.receivedAtMs - message.sentAtMs > lateMs
  )
}

/** Whether the row is a late message with none of the same arrival behind it: a run of them says so once. */
export function endsLateRun(rows: readonly Row[], index: number): boolean {
  const message = lateIn(rows[index])
  const next = lateIn(rows[index + 1])
  if (message === undefined) return false
  return next === undefined || Math.abs(next.receivedAtMs - message.receivedAtMs) > lateMs
}

function lateIn(row: Row | undefined): Message | undefined {
  return row?.kind === 'bubble' && isLate(row.message) ? row.message : undefined
}

/** Late messages that stand above something that was here before them, so that reading on would miss them. */
export function lateAbove(messages: readonly Message[]): Message[] {
  const late: Message[] = []
  let lowest = Infinity
  for (const message of messages.toReversed()) {
    if (isLate(message) && lowest < message.ord) late.unshift(message)
    lowest = Math.min(lowest, message.ord)
  }
  return late
}

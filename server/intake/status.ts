import { isDeepStrictEqual } from 'node:util'
import type { Message, Price, SendError, StatusTimes } from '../../core/domain/message.ts'
import { further } from '../../core/domain/status.ts'
import type { HappeningOf } from './happening.ts'

export type Report = Pick<
  HappeningOf<'status-changed'>,
  'wamid' | 'status' | 'isPlayed' | 'error' | 'price'
> & { atMs: number }

/**
 * The message after WhatsApp reported a step of it. Reports may come in any order and any number of times; the end is
 * the same. Each step keeps the earliest time heard of it, and `read` proves `delivered`, which WhatsApp may leave out.
 *
 * @returns the same object when the report says nothing new
 */
export function withReport(message: Message, report: Report): Message {
  const status = further(message.status, report.status)
  const { error: _error, ...rest } = message
  const error = status === 'failed' ? errorAfter(message, report) : undefined
  const price = dearer(message.price, report.price)
  const next: Message = {
    ...rest,
    status,
    statusAt: timesAfter(message.statusAt, report),
    ...(message.wamid === undefined ? { wamid: report.wamid } : {}),
    ...(error === undefined ? {} : { error }),
    ...(price === undefined ? {} : { price }),
  }
  return isDeepStrictEqual(next, message) ? message : next
}

function timesAfter(times: StatusTimes, { status, isPlayed, atMs }: Report): StatusTimes {
  const reached: (keyof StatusTimes)[] =
    status === 'read' ? ['delivered', 'read', ...(isPlayed ? ['played' as const] : [])] : [status]
  const next = { ...times }
  for (const step of reached) next[step] = Math.min(next[step] ?? atMs, atMs)
  return next
}

/** Of two reasons the earlier counts; of two at once the one that sorts first, so that the order does not matter. */
function errorAfter({ error, statusAt }: Message, report: Report): SendError | undefined {
  if (report.status !== 'failed' || report.error === undefined) return error
  if (error === undefined || statusAt.failed === undefined) return report.error
  if (statusAt.failed !== report.atMs) return statusAt.failed < report.atMs ? error : report.error
  return JSON.stringify(error) <= JSON.stringify(report.error) ? error : report.error
}

/** What WhatsApp says it costs comes twice and may differ: never show less than was named. */
function dearer(a: Price | undefined, b: Price | undefined): Price | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.billable !== b.billable) return a.billable ? a : b
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b
}

import { daysBetween, formatDate, formatShortDate, formatTime } from '../ui/format.ts'

/** `09:24` today, else `04.02.2026`. */
export function asSince(atMs: number, nowMs: number): string {
  return daysBetween(atMs, nowMs) === 0 ? formatTime(atMs) : formatDate(atMs)
}

/** `09:24` today, else `19.11. 14:02`, with the year where it is another. */
export function asMoment(atMs: number, nowMs: number): string {
  if (daysBetween(atMs, nowMs) === 0) return formatTime(atMs)
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  const day = isThisYear ? formatShortDate(atMs) : formatDate(atMs)
  return `${day} ${formatTime(atMs)}`
}

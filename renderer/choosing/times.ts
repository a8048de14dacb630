import type { Conversation } from '../../core/domain/conversation.ts'
import { returnsAtMs, type SnoozeUntil } from '../../core/domain/snooze.ts'
import { formatDate, formatNear, formatTime } from '../ui/format.ts'
import { t } from '../ui/i18n.svelte.ts'

/** A time to choose: what it is called, and when that comes to. */
export type SnoozeChoice = { key: string; label: string; detail: string; until: SnoozeUntil }

const hourMs = 60 * 60_000
/** When a working day begins, and its second half. */
const morningHour = 9
const afternoonHour = 14
const monday = 1

/**
 * The times that make sense at `nowMs` (server time), in this machine's time zone: a day has as many hours as the
 * calendar says, so "tomorrow at nine" is nine also on the night the clocks change.
 */
export function snoozeChoices(
  nowMs: number,
  conversation: Pick<Conversation, 'windowExpiresAtMs'>,
): SnoozeChoice[] {
  const at = (key: string, label: string, atMs: number): SnoozeChoice => {
    const until = { kind: 'time' as const, atMs }
    return { key, label, detail: formatNear(atMs, nowMs), until }
  }
  const noonMs = atHour(nowMs, 0, afternoonHour)
  const mondayMs = atHour(nowMs, daysTo(monday, nowMs), morningHour)
  const windowMs = returnsAtMs({ kind: 'window' }, conversation) ?? 0
  return [
    at('hour', t('choosing.inAnHour'), nowMs + hourMs),
    ...(noonMs - nowMs > hourMs ? [at('afternoon', t('choosing.thisAfternoon'), noonMs)] : []),
    at('tomorrow', t('choosing.tomorrow'), tomorrowMs(nowMs)),
    ...(mondayMs === tomorrowMs(nowMs) ? [] : [at('monday', t('choosing.nextWeek'), mondayMs)]),
    ...(windowMs > nowMs
      ? [
          {
            ...at('window', t('choosing.beforeWindowEnds'), windowMs),
            until: { kind: 'window' as const },
          },
        ]
      : []),
    { key: 'reply', label: t('choosing.untilReply'), detail: '', until: { kind: 'reply' } },
  ]
}

/** The beginning of the next working day's hours, whatever day it is. */
export function tomorrowMs(nowMs: number): number {
  return atHour(nowMs, 1, morningHour)
}

/** That hour on the day so many days on, by the calendar. */
function atHour(nowMs: number, days: number, hour: number): number {
  const day = new Date(nowMs)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime()
}

/** From 1 to 7. */
function daysTo(weekday: number, nowMs: number): number {
  return ((weekday - new Date(nowMs).getDay() + 6) % 7) + 1
}

/** As a field for date and time holds it: `2026-03-29T09:00`, without a zone. */
export function fieldValue(atMs: number): string {
  const at = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What a field holds as an instant of this machine's zone; null while it is not filled in. An hour that is skipped is the next. */
export function fieldTime(value: string): number | null {
  const atMs = new Date(value).getTime()
  return value === '' || Number.isNaN(atMs) ? null : atMs
}

/** `24.11.2026, 09:00`: the whole of a time that was typed. */
export function wholeTime(atMs: number): string {
  return `${formatDate(atMs)}, ${formatTime(atMs)}`
}

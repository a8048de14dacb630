import { language, t, type Language } from './i18n.svelte.ts'

/** The 24-hour clock and the day before the month, in English too. */
const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

type Formatters = {
  time: Intl.DateTimeFormat
  seconds: Intl.DateTimeFormat
  day: Intl.DateTimeFormat
  dayWithYear: Intl.DateTimeFormat
  weekday: Intl.DateTimeFormat
  shortDay: Intl.DateTimeFormat
  shortDate: Intl.DateTimeFormat
  number: Intl.NumberFormat
  size: Intl.NumberFormat
}
const made = new Map<Language, Formatters>()

function formatters(): Formatters {
  const now = language()
  const known = made.get(now)
  if (known !== undefined) return known
  const locale = locales[now]
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const fresh: Formatters = {
    time: date({ hour: '2-digit', minute: '2-digit' }),
    seconds: date({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    day: date({ weekday: 'long', day: 'numeric', month: 'long' }),
    dayWithYear: date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: date({ weekday: 'short' }),
    shortDay: date({ day: '2-digit', month: '2-digit' }),
    shortDate: date({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    number: new Intl.NumberFormat(locale),
    size: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
  }
  made.set(now, fresh)
  return fresh
}

/** `08:55` */
export function formatTime(atMs: number): string {
  return formatters().time.format(atMs)
}

/** `08:55:02` */
export function formatTimeExactly(atMs: number): string {
  return formatters().seconds.format(atMs)
}

/** `12.03.2026` */
export function formatDate(atMs: number): string {
  return formatters().shortDate.format(atMs)
}

/** `24.11.` */
export function formatShortDate(atMs: number): string {
  return formatters().shortDay.format(atMs)
}

/** `Heute`, `Gestern`, `Samstag, 21. November`, with the year when it is another. */
export function formatDay(atMs: number, nowMs: number): string {
  const away = daysBetween(atMs, nowMs)
  if (away === 0) return t('common.today')
  if (away === 1) return t('common.yesterday')
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return formatters()[isThisYear ? 'day' : 'dayWithYear'].format(atMs)
}

/** `08:55` today, else the day before it: `Gestern, 08:55`. */
export function formatMoment(atMs: number, nowMs: number): string {
  const time = formatTime(atMs)
  return daysBetween(atMs, nowMs) === 0 ? time : `${formatDay(atMs, nowMs)}, ${time}`
}

/** The full date of a day, for assistive technology and tooltips. */
export function formatFullDay(atMs: number): string {
  return formatters().dayWithYear.format(atMs)
}

/** For the ledger column: `08:55` today, `Sa` within a week, `21.11.` this year, else `21.11.2025`. */
export function formatListTime(atMs: number, nowMs: number): string {
  const away = daysBetween(atMs, nowMs)
  if (away <= 0) return formatTime(atMs)
  if (away < 7) return formatters().weekday.format(atMs).replace('.', '')
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return formatters()[isThisYear ? 'shortDay' : 'shortDate'].format(atMs)
}

/** A time near `nowMs`, before or after: `15:10` today, `Mo 09:00` within a week, `24.12. 09:00`, `24.12.2027 09:00`. */
export function formatNear(atMs: number, nowMs: number): string {
  const away = Math.abs(daysBetween(atMs, nowMs))
  if (away === 0) return formatTime(atMs)
  const { weekday, shortDay, shortDate } = formatters()
  if (away < 7) return `${weekday.format(atMs).replace('.', '')} ${formatTime(atMs)}`
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return `${(isThisYear ? shortDay : shortDate).format(atMs)} ${formatTime(atMs)}`
}

/** `18 Min.`, `3 Std. 12 Min.`, `3 Std.` when the minutes are none, `2 Tage`. Rounds down. */
export function formatDuration(ms: number): string {
  const { number } = formatters()
  const minutes = Math.floor(ms / minuteMs)
  if (minutes < 1) return t('common.lessThanAMinute')
  if (minutes < 60) return t('common.minutes', { minutes: number.format(minutes) })
  const hours = Math.floor(ms / hourMs)
  if (ms >= 2 * dayMs) return t('common.days', { count: Math.floor(ms / dayMs) })
  if (minutes % 60 === 0) return t('common.hours', { hours: number.format(hours) })
  return t('common.hoursMinutes', { hours: number.format(hours), minutes: minutes % 60 })
}

/** One unit only, for a narrow place: `18 Min.`, `3 Std.`, `2 Tage`. Rounds down. */
export function formatShortDuration(ms: number): string {
  if (ms < hourMs || ms >= 2 * dayMs) return formatDuration(ms)
  return t('common.hours', { hours: formatters().number.format(Math.floor(ms / hourMs)) })
}

/** Written out, as a voice reads it: `18 Minuten`, `3 Stunden`. */
export function spokenDuration(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / minuteMs))
  if (minutes < 60) return t('common.spokenMinutes', { count: minutes })
  if (ms >= 2 * dayMs) return t('common.days', { count: Math.floor(ms / dayMs) })
  return t('common.spokenHours', { count: Math.floor(minutes / 60) })
}

/** `214 KB`, `4,8 MB`; thousands, as WhatsApp and the operating systems' stores count. */
export function formatSize(sizeBytes: number): string {
  const { size } = formatters()
  if (sizeBytes < 1_000_000) return `${size.format(Math.max(1, Math.round(sizeBytes / 1000)))} KB`
  return `${size.format(sizeBytes / 1_000_000)} MB`
}

/** `0:14`, `12:05`: how long a sound or call is. */
export function formatClock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function formatNumber(value: number): string {
  return formatters().number.format(value)
}

/** Calendar days from one instant to another, in the machine's time zone. */
export function daysBetween(atMs: number, nowMs: number): number {
  const day = (ms: number) => new Date(ms).setHours(12, 0, 0, 0)
  return Math.round((day(nowMs) - day(atMs)) / dayMs)
}

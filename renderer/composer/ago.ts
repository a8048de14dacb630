import { language } from '../ui/i18n.svelte.ts'

const units = [
  ['second', 1000, 60],
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, Infinity],
] as const
const made = new Map<string, Intl.RelativeTimeFormat>()

/** `vor 8 Sekunden`, `vor 3 Minuten`; never in the future. */
export function ago(atMs: number, nowMs: number): string {
  const now = language()
  const format = made.get(now) ?? new Intl.RelativeTimeFormat(now, { numeric: 'always' })
  made.set(now, format)
  const passed = Math.max(0, nowMs - atMs)
  const [unit, unitMs] = units.find(([, ms, most]) => passed < ms * most) ?? units[3]
  return format.format(-Math.max(1, Math.floor(passed / unitMs)), unit)
}

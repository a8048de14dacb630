const dayMs = 86_400_000

/**
 * A time of day in Hamburg, some working days ago.
 *
 * @param day Monday to Friday count; the weekend is skipped
 * @param at `HH:MM`
 */
export function workingDayMs(nowMs: number, day: number, at: string): number {
  let noonMs = noonOf(nowMs)
  for (let left = day; left > 0;) {
    noonMs -= dayMs
    if (![0, 6].includes(new Date(noonMs).getUTCDay())) left -= 1
  }
  return timeOfDayMs(noonMs, at)
}

/**
 * A time of day in Hamburg on a Saturday at least two days ago.
 *
 * @param back 1 is the last one
 */
export function saturdayMs(nowMs: number, back: number, at: string): number {
  let noonMs = noonOf(nowMs) - 2 * dayMs
  while (new Date(noonMs).getUTCDay() !== 6) noonMs -= dayMs
  return timeOfDayMs(noonMs - (back - 1) * 7 * dayMs, at)
}

function noonOf(timeMs: number): number {
  return Date.parse(`${new Date(timeMs).toISOString().slice(0, 10)}T12:00:00Z`)
}

function timeOfDayMs(noonMs: number, at: string): number {
  const date = new Date(noonMs).toISOString().slice(0, 10)
  return Date.parse(`${date}T${at}:00${offsetOf(noonMs)}`)
}

/** `+01:00` in winter, `+02:00` in summer. */
function offsetOf(timeMs: number): string {
  const name = new Intl.DateTimeFormat('en-US', {
    timeZone: 'Europe/Berlin',
    timeZoneName: 'longOffset',
  }).format(timeMs)
  return /GMT([+-]\d\d:\d\d)/.exec(name)?.[1] ?? '+01:00'
}

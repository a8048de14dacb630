/** Half hours, days and months as the account's analytics cut them: in its own time zone. */
export type Period = { startMs: number; endMs: number }
export type Granularity = 'HALF_HOUR' | 'DAY' | 'MONTH'

const halfHourMs = 1_800_000

const local = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin', // time zone 42 in Graph's own numbering
  dateStyle: 'short',
  timeStyle: 'medium',
})

export function periodOf(timeMs: number, granularity: Granularity): Period {
  if (granularity === 'HALF_HOUR') {
    const startMs = Math.floor(timeMs / halfHourMs) * halfHourMs
    return { startMs, endMs: startMs + halfHourMs }
  }
  const wall = new Date(wallMs(timeMs))
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()]
  return granularity === 'DAY'
    ? { startMs: midnightMs(year, month, day), endMs: midnightMs(year, month, day + 1) }
    : { startMs: midnightMs(year, month, 1), endMs: midnightMs(year, month + 1, 1) }
}

/** What the clock on the wall shows, as if it were UTC. */
function wallMs(timeMs: number): number {
  return Date.parse(`${local.format(timeMs).replace(' ', 'T')}Z`)
}

function midnightMs(year: number, month: number, day: number): number {
  const wanted = Date.UTC(year, month, day)
  const guess = wanted - (wallMs(wanted) - wanted)
  return guess - (wallMs(guess) - wanted) // once more, for the days on which the clocks change
}

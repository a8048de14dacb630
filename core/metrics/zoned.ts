/** Months and days as a place on earth counts them. Billing months of WhatsApp turn at midnight of the account's zone. */

export type Span = { fromMs: number; toMs: number }

/** `2026-11` of a moment. */
export function monthOf(atMs: number, timeZone: string): string {
  return dayOf(atMs, timeZone).slice(0, 7)
}

/** `2026-11-24` of a moment. */
export function dayOf(atMs: number, timeZone: string): string {
  const { year, month, day } = partsOf(atMs, timeZone)
  return [year.toString().padStart(4, '0'), two(month), two(day)].join('-')
}

/** From its first moment to the first of the next one. @param month `2026-11` */
export function spanOfMonth(month: string, timeZone: string): Span {
  const [year = 0, index = 1] = month.split('-').map(Number)
  return {
    fromMs: startOfDay(year, index, 1, timeZone),
    toMs: startOfDay(year, index + 1, 1, timeZone),
  }
}

/** The first moment of a day. @param day `2026-11-24` */
export function startOf(day: string, timeZone: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return startOfDay(year, month, date, timeZone)
}

/** Months beyond December belong to the next year. */
function startOfDay(year: number, month: number, date: number, timeZone: string): number {
  const there = Date.UTC(year, month - 1, date)
  const once = there - offsetMs(there, timeZone)
  return there - offsetMs(once, timeZone)
}

/** How far the zone's clocks are ahead of UTC then. */
function offsetMs(atMs: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(atMs, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  } as const)
  formats.set(timeZone, made)
  return made
}

function partsOf(atMs: number, timeZone: string) {
  const parts = formatOf(timeZone).formatToParts(atMs)
  const numberOf = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  return {
    year: numberOf('year'),
    month: numberOf('month'),
    day: numberOf('day'),
    hour: numberOf('hour'),
    minute: numberOf('minute'),
    second: numberOf('second'),
  }
}

function two(value: number): string {
  return value.toString().padStart(2, '0')
}

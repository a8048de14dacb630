import type { CostReport } from '../../../core/domain/cost-report.ts'

export type Grouping = 'category' | 'country' | 'number'
type Item = CostReport['items'][number]
export type Row = Pick<Item, 'messages' | 'free' | 'billed' | 'unpriced' | 'amountMicros'> & {
  key: string
}

/** What the report's lines have in common, added up; the dearest first, then the most messages. */
export function grouped(items: readonly Item[], by: Grouping): Row[] {
  const rows = new Map<string, Row>()
  for (const item of items) {
    const key = keyOf(item, by)
    rows.set(key, sum(key, [...(rows.has(key) ? [rows.get(key)!] : []), item]))
  }
  return [...rows.values()].sort(
    (a, b) => b.amountMicros - a.amountMicros || b.messages - a.messages,
  )
}

/** All of it in one row. */
export function sum(key: string, rows: readonly Omit<Row, 'key'>[]): Row {
  const total = (name: keyof Omit<Row, 'key'>) => rows.reduce((all, row) => all + row[name], 0)
  return {
    key,
    messages: total('messages'),
    free: total('free'),
    billed: total('billed'),
    unpriced: total('unpriced'),
    amountMicros: total('amountMicros'),
  }
}

function keyOf({ category, country, numberId }: Item, by: Grouping): string {
  if (by === 'category') return category
  return by === 'country' ? (country ?? '') : numberId
}

/** First and last day of the month before the one a day is in: `2026-11-24` → `2026-10-01`, `2026-10-31`. */
export function monthBefore(day: string): { from: string; to: string } {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { from: dayOf(Date.UTC(year, month - 2, 1)), to: dayOf(Date.UTC(year, month - 1, 0)) }
}

/** An amount as people type it, in micro-units; undefined when it is none. */
export function microsOf(typed: string): number | undefined {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(typed.trim())
  if (match === null) return undefined
  const micros = Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(2, '0')) * 10_000
  return micros > 0 ? micros : undefined
}

/** Per cents as people type them, in order, each once; undefined when they are none. */
export function thresholdsOf(typed: string): number[] | undefined {
  const words = typed.split(/[\s,;%]+/).filter((word) => word !== '')
  const numbers = [...new Set(words.map(Number))].sort((a, b) => a - b)
  const isSound = numbers.every((one) => Number.isInteger(one) && one >= 1 && one <= 1000)
  return isSound && numbers.length >= 1 && numbers.length <= 5 ? numbers : undefined
}

/** For spreadsheets: what stands in a cell is text to them, whatever it begins with. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = rows.map((row) => row.map(cell).join(';'))
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`)
}

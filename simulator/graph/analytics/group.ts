import { periodOf, type Granularity } from './periods.ts'

type Timed = { atMs: number }
export type DataPoint = Record<string, string | number>

/**
 * The items period by period, and within a period by what sets them apart; periods without any are left out.
 *
 * @param apart the members of a data point that its items share
 * @param sum the members that are counted from its items
 */
export function dataPoints<T extends Timed>(
  items: readonly T[],
  granularity: Granularity,
  apart: (item: T) => DataPoint,
  sum: (items: T[]) => DataPoint,
): DataPoint[] {
  const groups = new Map<string, { head: DataPoint; items: T[] }>()
  for (const item of items) {
    const { startMs, endMs } = periodOf(item.atMs, granularity)
    const head = { start: startMs / 1000, end: endMs / 1000, ...apart(item) }
    const key = JSON.stringify(head)
    const group = groups.get(key) ?? { head, items: [] as T[] } // an empty list knows no type
    group.items.push(item)
    groups.set(key, group)
  }
  const points = [...groups.values()].map((group) => ({ ...group.head, ...sum(group.items) }))
  return points.sort((one, two) => Number(one.start) - Number(two.start))
}

/** Money without the dust that adding fractions leaves. */
export function total(costs: number[]): number {
  return Math.round(costs.reduce((sum, one) => sum + one, 0) * 1e6) / 1e6
}

import type { InboxRow } from '../../core/contract/views.ts'

/**
 * The order to show while somebody points at the list or holds a row: nothing they see moves. Rows that are gone are
 * left out, new ones that come after all the others are appended, and what would come in between or above waits. A row
 * that left during the same time and is back, such as by undoing, takes its place again.
 *
 * @param left rows that were on screen and went
 * @returns the ids to show, and how many rows now stand above the one on top
 */
export function frozenOrder(
  shown: readonly string[],
  newest: readonly string[],
  left: readonly string[] = [],
): { ids: string[]; above: number } {
  const places = new Map(newest.map((id, index) => [id, index]))
  const placeOf = (id: string) => places.get(id) ?? 0
  const kept = shown.filter((id) => places.has(id))
  if (kept.length === 0) return { ids: [...newest], above: 0 }
  const known = new Set(kept)
  const lowest = Math.max(...kept.map(placeOf))
  const ids = [...kept, ...newest.filter((id) => placeOf(id) > lowest && !known.has(id))]
  for (const id of newest) {
    if (!left.includes(id) || ids.includes(id)) continue
    const next = ids.findIndex((other) => placeOf(other) > placeOf(id))
    ids.splice(next < 0 ? ids.length : next, 0, id)
  }
  return { ids, above: placeOf(ids[0] ?? '') }
}

/** The same for rows: what they say is new, where they stand is not. */
export function frozenRows(
  shown: readonly InboxRow[],
  newest: readonly InboxRow[],
  left: readonly string[],
): { rows: InboxRow[]; above: number; left: string[] } {
  const byId = new Map<string, InboxRow>(newest.map((row) => [row.conversation.id, row]))
  const before = shown.map((row): string => row.conversation.id)
  const { ids, above } = frozenOrder(before, [...byId.keys()], left)
  const gone = before.filter((id) => !byId.has(id))
  return { rows: ids.flatMap((id) => byId.get(id) ?? []), above, left: [...left, ...gone] }
}

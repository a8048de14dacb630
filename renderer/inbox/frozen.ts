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
  left: ReadonlySet<string> = new Set(),
): { ids: string[]; above: number } {
  const places = new Map(newest.map((id, index) => [id, index]))
  const placeOf = (id: string) => places.get(id) ?? 0
  const kept = shown.filter((id) => places.has(id))
  if (kept.length === 0) return { ids: [...newest], above: 0 }
  const known = new Set(kept)
  const lowest = Math.max(...kept.map(placeOf))
  const ids = [...kept, ...newest.filter((id) => placeOf(id) > lowest && !known.has(id))]
  for (const id of newest) {
    if (!left.has(id) || ids.includes(id)) continue
    const next = ids.findIndex((other) => placeOf(other) > placeOf(id))
    ids.splice(next < 0 ? ids.length : next, 0, id)
  }
  return { ids, above: placeOf(ids[0] ?? '') }
}

/**
 * The order to show while somebody points at the list or holds a row: nothing they see moves. Rows that are gone are
 * left out, new ones that come after all the others are appended, and what would come above waits.
 *
 * @returns the ids to show, and how many rows now stand above the one on top
 */
export function frozenOrder(
  shown: readonly string[],
  newest: readonly string[],
): { ids: string[]; above: number } {
  const places = new Map(newest.map((id, index) => [id, index]))
  const kept = shown.filter((id) => places.has(id))
  if (kept.length === 0) return { ids: [...newest], above: 0 }
  const known = new Set(kept)
  const lowest = Math.max(...kept.map((id) => places.get(id) ?? 0))
  const below = newest.filter((id, index) => index > lowest && !known.has(id))
  const top = kept[0] ?? ''
  return { ids: [...kept, ...below], above: places.get(top) ?? 0 }
}

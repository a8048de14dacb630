import { isPlain } from '../ui/keys.ts'

/** Which line a key leads to from the one that has the focus, null when it leads nowhere. */
export function lineFor(event: KeyboardEvent, at: number, count: number): number | null {
  if (!isPlain(event) || event.shiftKey || count === 0) return null
  const to = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at - 1,
    k: at - 1,
    Home: 0,
    End: count - 1,
  }[event.key]
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}

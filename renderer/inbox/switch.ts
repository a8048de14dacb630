import type { InboxRow } from '../../core/contract/views.ts'
import { isOnMac } from '../ui/keys.ts'

/**
 * Which way Alt with an arrow leads: 1 down, -1 up, null when the keys mean something else. On a Mac they move by
 * paragraph inside a text, so there they count only on its first (up) or last (down) line.
 */
export function switchStep(event: KeyboardEvent, isMac = isOnMac()): 1 | -1 | null {
  const isOther = event.ctrlKey || event.metaKey || event.shiftKey || !event.altKey
  if (isOther || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return null
  const step = event.key === 'ArrowDown' ? 1 : -1
  if (!isMac || !(event.target instanceof HTMLTextAreaElement)) return step
  const { value, selectionStart, selectionEnd } = event.target
  const isAtEdge =
    step < 0
      ? !value.slice(0, selectionStart).includes('\n')
      : !value.slice(selectionEnd).includes('\n')
  return isAtEdge ? step : null
}

/** The conversation that stands `step` rows from the open one; the first row when none is open. */
export function neighbour(
  rows: readonly InboxRow[],
  openId: string | null,
  step: 1 | -1,
): string | null {
  const at = rows.findIndex((row) => row.conversation.id === openId)
  if (at < 0) return rows[0]?.conversation.id ?? null
  return rows[at + step]?.conversation.id ?? null
}

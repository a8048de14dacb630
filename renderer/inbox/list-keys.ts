import { isPlain } from '../ui/keys.ts'

/** What a key asks of the list while a row has the focus. */
export type ListCommand =
  | { kind: 'move'; to: number }
  | { kind: 'open' }
  | { kind: 'preview' }
  | { kind: 'resolve' }
  | { kind: 'assign-to-me' }
  | { kind: 'mark-unread' }
  | { kind: 'snooze' }
  | { kind: 'priority' }
  | { kind: 'label' }

/**
 * @param at the row that has the focus
 * @param count all rows
 * @param perPage rows in view
 */
export function commandOf(
  event: KeyboardEvent,
  at: number,
  count: number,
  perPage: number,
): ListCommand | null {
  if (!isPlain(event) || event.shiftKey) return null
  const last = count - 1
  const move = (to: number): ListCommand => ({
    kind: 'move',
    to: Math.max(0, Math.min(last, to)),
  })
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
      return move(at + 1)
    case 'ArrowUp':
    case 'k':
      return move(at - 1)
    case 'Home':
      return move(0)
    case 'End':
      return move(last)
    case 'PageDown':
      return move(at + perPage)
    case 'PageUp':
      return move(at - perPage)
    case 'Enter':
      return { kind: 'open' }
    case ' ':
      return { kind: 'preview' }
    case 'e':
      return { kind: 'resolve' }
    case 'm':
      return { kind: 'assign-to-me' }
    case 'u':
      return { kind: 'mark-unread' }
    case 's':
      return { kind: 'snooze' }
    case 'p':
      return { kind: 'priority' }
    case 'l':
      return { kind: 'label' }
    default:
      return null
  }
}

import { goTo, goToNumber } from '../bridge/route.svelte.ts'
import { hasCommandKey } from '../ui/keys.ts'

/** By the digit on the keyboard, the same on every layout. */
const areas: Readonly<Record<string, () => void>> = {
  Digit1: () => goTo({}),
  Digit3: () => goToNumber(null),
}

/**
 * Ctrl or ⌘ with a digit goes to an area; in a browser, which keeps those, Alt Shift with it does.
 * @returns whether the keys meant one
 */
export function goToArea(event: KeyboardEvent): boolean {
  const go = areas[event.code]
  const isBrowsers = event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey
  const isOurs = hasCommandKey(event) && !event.altKey && !event.shiftKey
  if (go === undefined || (!isBrowsers && !isOurs)) return false
  go()
  return true
}

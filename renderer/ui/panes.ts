import { tick } from 'svelte'

/** The element each pane had the focus in last. */
const remembered = new WeakMap<Element, HTMLElement>()
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select, [tabindex="0"]'

/**
 * The panes F6 goes through, in reading order: every visible `[data-pane]` that holds no other and has something to
 * focus.
 */
function panes(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('[data-pane]')]
  return all.filter((pane) => {
    const isLeaf = pane.querySelector('[data-pane]') === null
    return isLeaf && pane.offsetParent !== null && entryOf(pane) !== undefined
  })
}

function entryOf(pane: HTMLElement): HTMLElement | undefined {
  const last = remembered.get(pane)
  if (last?.isConnected === true && pane.contains(last)) return last
  const candidates = [...pane.querySelectorAll<HTMLElement>(focusable)]
  return candidates.find((element) => element.tabIndex >= 0 && element.offsetParent !== null)
}

/** F6 and Shift F6: the next or previous pane, at the element it was left at. */
export function cyclePanes(step: 1 | -1): void {
  const all = panes()
  const here = all.findIndex((pane) => pane.contains(document.activeElement))
  const from = here < 0 && step < 0 ? 0 : here
  const next = all[(from + step + all.length) % all.length]
  if (next !== undefined) entryOf(next)?.focus()
}

/** Remembers where the focus is, for when its pane is entered again. */
export function rememberFocus(event: FocusEvent): void {
  const element = event.target
  if (!(element instanceof HTMLElement)) return
  const pane = element.closest('[data-pane]')
  if (pane !== null) remembered.set(pane, element)
}

/**
 * Focuses something in the pane of that name, once what is about to change has changed, and waiting up to a second:
 * it may be on its way onto the screen.
 */
export async function focusPane(name: string, inside = focusable): Promise<void> {
  await tick()
  const until = performance.now() + 1_000
  const attempt = () => {
    const pane = document.querySelector(`[data-pane="${name}"]`)
    const element = pane?.querySelector<HTMLElement>(inside)
    if (element != null) element.focus()
    else if (performance.now() < until) requestAnimationFrame(attempt)
  }
  attempt()
}

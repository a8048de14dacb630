/** How near to the end still counts as being there; further up the pill appears. */
const nearPx = 120
/** How near to the beginning older messages are fetched. */
const earlyPx = 600

export function isNearEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= nearPx
}

export function isNearBeginning(scroller: HTMLElement): boolean {
  return scroller.scrollTop < earlyPx
}

/** The lowest message on screen, by the id it carries. Looks from the end, where people mostly are. */
export function lowestShown(scroller: HTMLElement): HTMLElement | undefined {
  const floor = scroller.getBoundingClientRect().bottom
  const all = [...scroller.querySelectorAll<HTMLElement>('article[data-message]')]
  return all.findLast((article) => article.getBoundingClientRect().top <= floor)
}

/**
 * Remembers what is read at the top of the pane; the returned function puts it back there after rows came or went
 * above it. (The browser's own anchoring gives up at the very top, where older messages are fetched.)
 */
export function holdPlace(scroller: HTMLElement): () => void {
  const ceiling = scroller.getBoundingClientRect().top
  const all = [...scroller.querySelectorAll<HTMLElement>('article[data-message]')]
  const read = all.find((article) => article.getBoundingClientRect().bottom > ceiling)
  const before = read?.getBoundingClientRect().top ?? 0
  return () => {
    if (read?.isConnected === true) scroller.scrollTop += read.getBoundingClientRect().top - before
  }
}

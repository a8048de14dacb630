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
  return all.findLast((article) => article.getBoundingClientRect().top + 16 <= floor + 16)
}

/** The browser anchors what is read when something is put in above, but not at the very top. */
export function leaveTop(scroller: HTMLElement): void {
  if (scroller.scrollTop < 1) scroller.scrollTop = 1
}

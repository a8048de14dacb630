/** Where the choice of this machine is kept. */
const memory = 'kontor.list-width'

/** How wide the list may be, in pixels. */
export const leastListPx = 300
export const mostListPx = 460

/** The width a person gave the list; null while it is as the window's width says. */
export class ListWidth {
  chosenPx = $state<number | null>(remembered())

  choose(px: number): void {
    this.chosenPx = px
    localStorage.setItem(memory, String(px))
  }

  reset(): void {
    this.chosenPx = null
    localStorage.removeItem(memory)
  }
}

function remembered(): number | null {
  const kept = Number(localStorage.getItem(memory))
  return kept >= leastListPx && kept <= mostListPx ? kept : null
}

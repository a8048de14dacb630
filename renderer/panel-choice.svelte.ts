/** Where the choice of this machine is kept. */
const memory = 'kontor.panel'

/**
 * Whether the customer panel is open. Beside the thread it stays as the person left it, over several starts; where it
 * lies over the thread it begins closed.
 */
export class PanelChoice {
  readonly #wide: { readonly current: boolean }
  #isOpenWide = $state(localStorage.getItem(memory) !== 'closed')
  #isOpenNarrow = $state(false)

  constructor(wide: { readonly current: boolean }) {
    this.#wide = wide
  }

  get isOpen(): boolean {
    return this.#wide.current ? this.#isOpenWide : this.#isOpenNarrow
  }

  toggle(): void {
    if (!this.#wide.current) {
      this.#isOpenNarrow = !this.#isOpenNarrow
      return
    }
    this.#isOpenWide = !this.#isOpenWide
    localStorage.setItem(memory, this.#isOpenWide ? 'open' : 'closed')
  }
}

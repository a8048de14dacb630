/** The size everything has where nothing is laid out: a row's height, and a list of ten rows. */
const rowPx = 76
const listPx = 760
/** The width of the window. */
const windowPx = 1440

/** What jsdom lacks of a browser, as little of it as the console needs: sizes, media queries, dialogs, popovers. */
export function standInForBrowser(): void {
  globalThis.ResizeObserver ??= SizesAtOnce
  window.matchMedia ??= (media: string) =>
    Object.assign(new EventTarget(), {
      matches: matchesWidth(media),
      media,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    })
  Element.prototype.scrollIntoView ??= () => undefined
  Element.prototype.scrollTo ??= () => undefined
  HTMLElement.prototype.showPopover ??= () => undefined
  HTMLElement.prototype.hidePopover ??= () => undefined
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false
    this.dispatchEvent(new Event('close'))
  }
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
    configurable: true,
    get(this: HTMLElement) {
      return this.parentElement
    },
  })
}

function matchesWidth(media: string): boolean {
  const [, edge, px] = /\((min|max)-width: (\d+)px\)/.exec(media) ?? []
  if (edge === undefined) return false
  return edge === 'min' ? windowPx >= Number(px) : windowPx <= Number(px)
}

/** Reports a size once, as soon as something is observed. */
class SizesAtOnce implements ResizeObserver {
  readonly #callback: ResizeObserverCallback

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback
  }

  observe(target: Element): void {
    const height = target.matches('[role="listbox"]') ? listPx : rowPx
    const contentRect = { width: 340, height } as DOMRectReadOnly // only its size is read
    const entry = { target, contentRect } as unknown as ResizeObserverEntry // likewise
    queueMicrotask(() => this.#callback([entry], this))
  }

  unobserve(): void {}
  disconnect(): void {}
}

/** The size everything has where nothing is laid out: a row's height, and a list of ten rows. */
const rowPx = 76
const listPx = 760

/** What jsdom lacks of a browser, as little of it as the console needs: sizes, media queries, dialogs, popovers. */
export function standInForBrowser(): void {
  globalThis.ResizeObserver ??= SizesAtOnce
  window.matchMedia ??= (media: string) =>
    Object.assign(new EventTarget(), {
      matches: false,
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

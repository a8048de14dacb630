/** The size everything has where nothing is laid out: a row's height, and a list of ten rows. */
const rowPx = 76
const listPx = 760
/** The width of the window. */
const windowPx = 1440

/** What jsdom lacks of a browser, as little of it as the console needs: sizes, media queries, dialogs, popovers. */
export function standInForBrowser(): void {
  globalThis.ResizeObserver ??= SizesAtOnce
  add(window, {
    matchMedia: (media: string) =>
      Object.assign(new EventTarget(), {
        matches: matchesWidth(media),
        media,
        onchange: null,
        addListener: () => undefined,
        removeListener: () => undefined,
      }),
  })
  add(Element.prototype, { scrollIntoView: () => undefined, scrollTo: () => undefined })
  add(HTMLElement.prototype, { showPopover: () => undefined, hidePopover: () => undefined })
  add(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true
    },
    close(this: HTMLDialogElement) {
      this.open = false
      this.dispatchEvent(new Event('close'))
    },
  })
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
    configurable: true,
    get(this: HTMLElement) {
      return this.parentElement
    },
  })
}

/** Gives a prototype what it has not. */
function add(prototype: object, missing: Record<string, unknown>): void {
  const had = prototype as Record<string, unknown> // asked only whether it has a name
  for (const [name, value] of Object.entries(missing)) {
    if (had[name] === undefined)
      Object.defineProperty(prototype, name, { value, configurable: true })
  }
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

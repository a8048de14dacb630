const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** Ctrl, or ⌘ on a Mac. */
export function hasCommandKey(event: KeyboardEvent): boolean {
  return isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
}

/** No modifier but Shift. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey
}

/** Whether the person is writing, so that single letters and undo belong to the text. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

export function isOnMac(): boolean {
  return isMac
}

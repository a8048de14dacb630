import type { Attachment } from 'svelte/attachments'

/** Calls once, when the element comes near the part of the page that is seen. */
export function whenVisible(callback: () => void): Attachment<Element> {
  return (element) => {
    if (!('IntersectionObserver' in globalThis)) {
      callback()
      return
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        observer.disconnect()
        callback()
      },
      { rootMargin: '400px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }
}

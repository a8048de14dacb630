import type { Attachment } from 'svelte/attachments'

/** Takes files that are dropped anywhere on an element; `hover` says whether some hang over it. */
export function fileDrop(
  hover: (isOver: boolean) => void,
  take: (files: FileList) => void,
): Attachment<HTMLElement> {
  return (element) => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      hover(true)
    }
    const leave = (event: DragEvent) => {
      if (!element.contains(event.relatedTarget as Node | null)) hover(false) // an element or nothing
    }
    const drop = (event: DragEvent) => {
      hover(false)
      const files = event.dataTransfer?.files
      if (files === undefined || files.length === 0) return
      event.preventDefault()
      take(files)
    }
    element.addEventListener('dragover', over)
    element.addEventListener('dragleave', leave)
    element.addEventListener('drop', drop)
    return () => {
      element.removeEventListener('dragover', over)
      element.removeEventListener('dragleave', leave)
      element.removeEventListener('drop', drop)
    }
  }
}

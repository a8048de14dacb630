import type { Attachment } from 'svelte/attachments'
import { wrapSelection } from './wrap.ts'

/** Puts text where the caret is, so that the browser's own undo knows of it. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  field.focus()
  if (typeof document.execCommand === 'function' && document.execCommand('insertText', false, text))
    return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Puts WhatsApp's marker around what is selected, or takes it away. */
export function toggleMarker(field: HTMLTextAreaElement, marker: string): void {
  const { value, selectionStart, selectionEnd } = field
  const wrapped = wrapSelection({ text: value, start: selectionStart, end: selectionEnd }, marker)
  field.select()
  insertText(field, wrapped.text)
  field.setSelectionRange(wrapped.start, wrapped.end)
}

/** Lets a field grow with its text where the browser does not do so by itself (`field-sizing`). */
export function growing(text: () => string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    if (typeof CSS !== 'undefined' && CSS.supports?.('field-sizing', 'content')) return
    text()
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }
}

import type { MediaBytes } from '../../core/contract/views.ts'

/** How long the browser may take to fetch what it was pointed at. */
const graceMs = 60_000

/** Has the browser or the desktop save bytes where the person's downloads go. */
export function saveFile({ bytes, mime, fileName }: MediaBytes): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type: mime }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName ?? ''
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), graceMs)
}

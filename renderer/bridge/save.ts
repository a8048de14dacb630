import type { MediaBytes } from '../../core/contract/views.ts'

/** So long a browser may take to begin reading what it saves. */
const readWithinMs = 60_000

/** Hands a file to the person to keep: on the desktop they choose where, a browser has its own way. */
export function saveFile({ bytes, mime }: Pick<MediaBytes, 'bytes' | 'mime'>, name: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mime }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), readWithinMs)
}

import { baseOf } from '../../core/domain/sniff.ts'

/** WhatsApp keeps what contacts sent for 7 days. @see facts 3 */
export const keptMs = 7 * 24 * 60 * 60_000

const shownInline = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'video/mp4',
  'audio/mp4',
  'audio/ogg',
  'audio/mpeg',
])

/** Whether a browser may show it in place: only what cannot carry a script. */
export function isShownInline(mime: string): boolean {
  return shownInline.has(baseOf(mime))
}

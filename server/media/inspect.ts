import { sniffMime } from '../../core/domain/sniff.ts'
import { measureDuration } from './duration.ts'
import { isShownInline } from './kinds.ts'
import { measurePicture } from './picture.ts'
import type { Spooled } from './spool.ts'

/** What the bytes of a file prove about it. */
export type Seen = {
  mime: string
  width?: number
  height?: number
  durationMs?: number
  hasThumbnail: boolean
}

/** Looks at a file and lays a picture's small copy beside it. A type that is shown in place has to be proved. */
export async function inspectFile(spooled: Spooled, claimed: string): Promise<Seen> {
  const proved = sniffMime(spooled.head, claimed)
  const mime = proved ?? (isShownInline(claimed) ? 'application/octet-stream' : claimed)
  const picture = await measurePicture(spooled.path, spooled.thumbnailPath, mime)
  const durationMs = await measureDuration(spooled.path, mime, spooled.sizeBytes)
  return {
    mime,
    hasThumbnail: false,
    ...picture,
    ...(durationMs === undefined ? {} : { durationMs }),
  }
}

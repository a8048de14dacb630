import type { MediaId } from '../../core/domain/ids.ts'
import { must } from '../../core/lib/must.ts'

/** Meta's ids of our files, uploaded for one number. */
export type Uploads = ReadonlyMap<MediaId, string>

export function uploadedAs(id: MediaId, uploads: Uploads | undefined): string {
  return must(uploads?.get(id), 'uploaded file of a message')
}

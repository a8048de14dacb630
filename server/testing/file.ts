import type { MediaId } from '../../core/domain/ids.ts'
import type { Media } from '../../core/domain/message.ts'
import { realPlatform, type SenderDesk } from './sender-desk.ts'

/** A file that is here, as far as the sender asks. */
export async function aFile({ db }: SenderDesk, mime: string): Promise<Media> {
  const none = { meta_media_id: null, number_id: null, claimed_sha256: null, file_name: null }
  const more = { width: null, height: null, next_try_at: null, last_error: null, size_bytes: 9 }
  const id = realPlatform.newId() as MediaId // made here for this file
  await db
    .insertInto('media')
    .values({ ...none, ...more, id, sha256: 'ab', mime, state: 'ready', created_at: new Date() })
    .execute()
  return { id, mime, state: 'ready' }
}

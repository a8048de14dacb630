import { openAsBlob } from 'node:fs'
import { baseOf } from '../../core/domain/sniff.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Platform } from '../../core/lib/clock.ts'
import type { UploadMedia } from '../sender/sender.ts'
import type { Database } from '../store/database.ts'
import type { MediaFiles } from './files.ts'

/** WhatsApp keeps what we upload for 30 days (facts 3); a day less, so that none ends between look and send. */
const reusedMs = 29 * 24 * 60 * 60_000

/** Brings files to WhatsApp for the sender, once a month and number each. */
export function createUploadMedia(deps: {
  db: Database
  files: MediaFiles
  clock: Platform
}): UploadMedia {
  const { db, files, clock } = deps
  return async (client, number, mediaId) => {
    const nowMs = clock.nowMs()
    const before = await db
      .selectFrom('media_upload')
      .select('meta_media_id')
      .where('media_id', '=', mediaId)
      .where('number_id', '=', number.id)
      .where('uploaded_at', '>', new Date(nowMs - reusedMs))
      .executeTakeFirst()
    if (before !== undefined) return { kind: 'sent', mediaId: before.meta_media_id }

    const media = await db
      .selectFrom('media')
      .selectAll()
      .where('id', '=', mediaId)
      .executeTakeFirst()
    if (media?.sha256 == null || (await files.sizeOf(media.sha256)) === undefined) {
      throw new AppError('not-found', 'the file is not here')
    }
    const mime = baseOf(media.mime)
    const fileName = media.file_name ?? `file.${mime.split('/')[1] ?? 'bin'}`
    const uploaded = await files.lend(media.sha256, async (path) => {
      const bytes = await openAsBlob(path, { type: mime })
      return client.uploadMedia(number.phoneNumberId, { bytes, mime, fileName })
    })
    if (uploaded.kind !== 'sent') return uploaded
    const row = { meta_media_id: uploaded.mediaId, uploaded_at: new Date(nowMs) }
    await db
      .insertInto('media_upload')
      .values({ media_id: mediaId, number_id: number.id, ...row })
      .onConflict((conflict) => conflict.columns(['media_id', 'number_id']).doUpdateSet(row))
      .execute()
    return uploaded
  }
}

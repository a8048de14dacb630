import type { Insertable } from 'kysely'
import { kindSent, maxBytesOf } from '../../core/domain/file-kinds.ts'
import type { Media } from '../../core/domain/message.ts'
import type { MediaId } from '../../core/domain/ids.ts'
import { opusChannels } from '../../core/domain/sniff.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Platform } from '../../core/lib/clock.ts'
import { storable } from '../../core/lib/text.ts'
import type { Database } from '../store/database.ts'
import type { MediaFiles } from './files.ts'
import { inspectFile } from './inspect.ts'
import type { MediaTables } from './tables.ts'

export type Upload = {
  bytes: AsyncIterable<Uint8Array>
  mime: string
  fileName?: string
  ownerId: string
  /** Of the file to be; a new one without it. */
  id?: MediaId
}
export type NewMedia = Insertable<MediaTables['media']>
export type KeptUpload = Media & { sha256: string; sizeBytes: number }

/**
 * Takes a file that one of us wants to send: kept on disk, and only of a type and size that WhatsApp takes.
 *
 * @param write puts the row down; on its own when left out
 * @throws AppError `unsupported-media`, `too-large`, `disk-full`
 */
export async function keepUpload(
  { db, files, clock }: { db: Database; files: MediaFiles; clock: Platform },
  upload: Upload,
  write: (row: NewMedia) => Promise<unknown> = (row) =>
    db.insertInto('media').values(row).execute(),
): Promise<KeptUpload> {
  const kept = await files.take(
    upload.bytes,
    (head) => maxBytesOf(kindSent(head, upload.mime).kind),
    async (spooled) => {
      if (spooled.sizeBytes === 0) throw new AppError('bad-request', 'the file is empty')
      const found = await inspectFile(spooled, kindSent(spooled.head, upload.mime).mime)
      return { ...found, channels: opusChannels(spooled.head) }
    },
  )
  const { sha256, sizeBytes, mime, width, height, durationMs, channels } = kept
  const id = upload.id ?? (clock.newId() as MediaId) // made here for this file
  const fileName = upload.fileName === undefined ? undefined : safeName(upload.fileName)
  await write({
    id,
    owner_id: upload.ownerId,
    meta_media_id: null,
    number_id: null,
    claimed_sha256: null,
    sha256,
    mime,
    size_bytes: sizeBytes,
    file_name: fileName ?? null,
    width: width ?? null,
    height: height ?? null,
    duration_ms: durationMs ?? null,
    has_thumbnail: kept.hasThumbnail,
    state: 'ready',
    next_try_at: null,
    last_error: null,
    created_at: new Date(clock.nowMs()),
  })
  return {
    id,
    mime,
    state: 'ready',
    sizeBytes,
    sha256,
    ...(fileName === undefined ? {} : { fileName }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(channels === undefined ? {} : { channels }),
  }
}

/** The last part of a path, without control characters; at most as long as file systems allow. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  return storable(last.replace(/[\u0000-\u001f\u007f]/g, '')).slice(0, 240)
}

import type { Selectable } from 'kysely'
import { maxMediaBytes } from '../../core/domain/file-kinds.ts'
import { AppError, errorCodes, type ErrorCode } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import type { NewMedia } from './keep-upload.ts'
import type { MediaTables } from './tables.ts'
import type { News } from './tell-messages.ts'

export type UploadRow = Selectable<MediaTables['upload']>
export type MediaRow = Selectable<MediaTables['media']>

/** A file that is to come, as whoever sends it describes it. */
export type Wanted = {
  id: string
  sizeBytes: number
  mime: string
  fileName?: string
  /** Of the whole file, hex. */
  sha256?: string
}

/** What is said of an id that is in use. @throws AppError `already-exists`, `conflict`, why the file was refused */
export function answerFor(row: MediaRow, ownerId: string, { sha256 }: Wanted): MediaRow {
  if (row.owner_id !== ownerId) throw new AppError('already-exists', 'the id is taken')
  if (row.state !== 'ready') {
    const code = errorCodes.find((known) => known === row.last_error) ?? 'unsupported-media'
    throw new AppError(code, 'the file was refused')
  }
  if (sha256 !== undefined && sha256 !== row.sha256) {
    throw new AppError('conflict', 'another file has this id')
  }
  return row
}

/** @throws AppError `bad-request`, `too-large` */
export function checkSize({ sizeBytes }: Wanted): void {
  if (sizeBytes === 0) throw new AppError('bad-request', 'the file is empty')
  if (sizeBytes <= maxMediaBytes) return
  throw new AppError('too-large', `more than ${maxMediaBytes} bytes`, {
    details: { maxBytes: maxMediaBytes },
  })
}

/** What the messages that show the file hear of it. */
export function newsOf(media: NewMedia): News {
  return {
    state: 'ready',
    mime: media.mime,
    ...present({
      sizeBytes: media.size_bytes ?? undefined,
      width: media.width ?? undefined,
      height: media.height ?? undefined,
      durationMs: media.duration_ms ?? undefined,
    }),
  }
}

/** What stays of a file that cannot be sent: that it was refused, and why. */
export function refusedMedia(row: UploadRow, code: ErrorCode, now: Date): NewMedia {
  return {
    id: row.id,
    owner_id: row.owner_id,
    meta_media_id: null,
    number_id: null,
    claimed_sha256: null,
    sha256: null,
    mime: row.mime,
    size_bytes: row.size_bytes,
    file_name: row.file_name,
    width: null,
    height: null,
    state: 'failed',
    next_try_at: null,
    last_error: code,
    created_at: now,
    ended_at: now,
  }
}

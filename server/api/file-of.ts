import { buffer } from 'node:stream/consumers'
import { kindOf } from '../../core/domain/file-kinds.ts'
import type { MediaId } from '../../core/domain/ids.ts'
import type { Media } from '../../core/domain/message.ts'
import { headBytes, opusChannels } from '../../core/domain/sniff.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import type { MediaFiles } from '../media/files.ts'
import type { Database } from '../store/database.ts'

/** Where files are: what is known of them, and their bytes. */
export type Library = { db: Database; files: MediaFiles }

/**
 * A file that is here and can be sent as that kind.
 *
 * @throws AppError `not-found`, `unsupported-media`
 */
export async function fileOf(
  db: Database,
  id: string,
  kind: string,
  fileName?: string,
): Promise<Media> {
  const row = await readRow(db, id)
  if (kindOf(row.mime) !== kind) {
    throw new AppError('unsupported-media', `WhatsApp does not take this file as ${kind}`)
  }
  return {
    id: row.id as MediaId, // the table's key is a media id
    mime: row.mime,
    state: 'ready',
    ...present({
      sizeBytes: row.size_bytes ?? undefined,
      fileName: fileName ?? row.file_name ?? undefined,
      width: row.width ?? undefined,
      height: row.height ?? undefined,
      durationMs: row.duration_ms ?? undefined,
    }),
  }
}

/** A sound as a voice note; whether WhatsApp takes it as one is for the mutator to say. */
export async function voiceOf({ db, files }: Library, id: string): Promise<Media> {
  const media = await fileOf(db, id, 'audio')
  const { sha256 } = await readRow(db, id)
  const channels = sha256 === null ? undefined : opusChannels(await readHead(files, sha256))
  return { ...media, isVoice: true, ...present({ channels }) }
}

async function readRow(db: Database, id: string) {
  const row = await db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .executeTakeFirst()
  if (row === undefined) throw new AppError('not-found', 'no such file')
  return row
}

async function readHead(files: MediaFiles, sha256: string): Promise<Buffer> {
  const sizeBytes = await files.sizeOf(sha256)
  if (sizeBytes === undefined) throw new AppError('not-found', 'the file is not here')
  const end = Math.min(headBytes, sizeBytes) - 1
  return buffer(await files.read(sha256, { start: 0, end }))
}

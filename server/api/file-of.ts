import type { MediaId } from '../../core/domain/ids.ts'
import type { Media } from '../../core/domain/message.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import { kindOf } from '../media/kinds.ts'
import type { Database } from '../store/database.ts'

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
  const row = await db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .executeTakeFirst()
  if (row === undefined) throw new AppError('not-found', 'no such file')
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
    }),
  }
}

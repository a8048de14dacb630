import type { Media } from '../../core/domain/message.ts'
import type { Log } from '../log/log.ts'
import type { MediaRow } from './bring.ts'
import type { Stored } from './fetch-file.ts'
import { tellMessages } from './tell-messages.ts'

/** Tells every message that shows the file how it ended. @param stored null: it will not come */
export async function showFile(
  log: Log,
  row: MediaRow,
  stored: Stored | null,
  error: string | null = null,
): Promise<void> {
  const state = stored === null ? 'failed' : 'ready'
  await log.write(async (tx) => {
    await tx.sql
      .updateTable('media')
      .set({
        state,
        attempts: row.attempts + 1,
        next_try_at: null,
        last_error: error,
        url: null,
        ended_at: new Date(tx.nowMs),
        ...(stored === null
          ? {}
          : {
              sha256: stored.sha256,
              mime: stored.mime,
              size_bytes: stored.sizeBytes,
              width: stored.width ?? null,
              height: stored.height ?? null,
              duration_ms: stored.durationMs ?? null,
              has_thumbnail: stored.hasThumbnail,
            }),
      })
      .where('id', '=', row.id)
      .execute()
    await tellMessages(tx, row.id, { state, ...shownOf(stored) })
  })
}

/** What a message says of its file once it is here. */
function shownOf(stored: Stored | null): Partial<Media> {
  if (stored === null) return {}
  const { mime, sizeBytes, width, height, durationMs } = stored
  return {
    mime,
    sizeBytes,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(durationMs === undefined ? {} : { durationMs }),
  }
}

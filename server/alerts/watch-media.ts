import { sql } from 'kysely'
import { AppError } from '../../core/lib/errors.ts'
import type { MediaFiles } from '../media/files.ts'
import type { Database } from '../store/database.ts'
import type { Alerts } from './alerts.ts'

type Parts = { db: Database; alerts: Alerts; nowMs: () => number }

const dayMs = 24 * 60 * 60_000

/**
 * Raises `media-missing` for numbers whose files are not here after a day, or were given up during the last day. A
 * file that was simply too large is nobody's fault.
 */
export async function watchMissingMedia({ db, alerts, nowMs }: Parts): Promise<void> {
  const dayAgo = new Date(nowMs() - dayMs)
  const { rows } = await sql<{ subject: string; files: number; oldest: Date; code: string }>`
    select number_id as subject, count(*)::int as files, min(created_at) as oldest, max(last_error) as code
    from media where number_id is not null and last_error is distinct from 'too-large' and (
      (state = 'pending' and created_at < ${dayAgo}) or (state = 'failed' and ended_at > ${dayAgo}))
    group by number_id
  `.execute(db)
  await alerts.settle(
    'media-missing',
    rows.map(({ subject, files, oldest, code }) => ({
      subject,
      details: { files, oldestAt: oldest.toISOString(), lastError: code },
    })),
  )
}

/** Raises `media-store-away` while the store does not answer. */
export async function watchMediaStore(
  { alerts }: Pick<Parts, 'alerts'>,
  files: Pick<MediaFiles, 'sizeOf'>,
): Promise<void> {
  const isThere = await files.sizeOf('there-is-no-such-file').then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'unavailable') return false
      throw error
    },
  )
  await alerts.settle('media-store-away', isThere ? [] : [{ subject: '' }])
}

import { withMedia } from '../../core/domain/files.ts'
import type { Media } from '../../core/domain/message.ts'
import type { LogTx } from '../log/transaction.ts'
import { findWaiting, releaseWaiting } from '../sender/waiting.ts'

/** What is known of a file now, in the words of the messages that show it. */
export type News = Partial<Media> & Pick<Media, 'state'>

/** Tells every message that shows the file or waits for it. Those that waited for nothing else may leave. */
export async function tellMessages(tx: LogTx, mediaId: string, news: News): Promise<void> {
  const shown = await tx.sql
    .selectFrom('message')
    .select('id')
    .where('media_id', '=', mediaId)
    .execute()
  const ids = new Set([...shown.map(({ id }) => id), ...(await findWaiting(tx, mediaId))])
  await tx.load('message', [...ids])
  for (const id of ids) {
    const message = tx.peek('message', id)
    if (message === undefined) continue
    const row = withMedia(message, (media) =>
      media.id === mediaId ? { ...media, ...news } : media,
    )
    tx.put({ entity: 'message', row })
  }
  if (news.state === 'ready') await releaseWaiting(tx, mediaId)
}

import { sql } from 'kysely'
import { withMedia } from '../../core/domain/files.ts'
import type { Message, SendError } from '../../core/domain/message.ts'
import { must } from '../../core/lib/must.ts'
import type { LogTx } from '../log/transaction.ts'
import { filesOf } from '../whatsapp/outgoing.ts'
import type { OutboxRow } from './enqueue.ts'
import { deadlineMs } from './lanes.ts'
import { moveMessage } from './status.ts'

/** Longest that a message waits for its file: the computer it is on may be off over night. */
const longestWaitMs = 24 * 60 * 60_000

export const neverUploaded: SendError = {
  code: 'file-missing',
  title: 'The file did not come in time',
}

/**
 * Lets new messages wait for files that are not here yet, and has them say so, whatever the console believed of its
 * file. One whose file was refused has failed.
 */
export async function awaitFiles(tx: LogTx, rows: readonly OutboxRow[]): Promise<void> {
  const messages = rows.map(({ id }) => must(tx.peek('message', id), 'message just written'))
  const wanted = new Set(messages.flatMap(filesOf))
  if (wanted.size === 0) return
  const found = await tx.sql
    .selectFrom('media')
    .select(['id', 'state', 'last_error'])
    .where('id', 'in', [...wanted])
    .execute()
  const known = new Map<string, (typeof found)[number]>(found.map((file) => [file.id, file]))
  for (const [index, row] of rows.entries()) {
    const message = truthful(must(messages[index], 'message of the row'), known)
    tx.put({ entity: 'message', row: message })
    const missing = filesOf(message).filter((id) => known.get(id)?.state !== 'ready')
    const refused = missing.map((id) => known.get(id)).find((file) => file?.state === 'failed')
    if (refused !== undefined) {
      row.state = 'failed'
      await moveMessage(tx, message, 'failed', { error: refusal(refused.last_error) })
    } else if (missing.length > 0) {
      row.state = 'waiting_upload'
      row.waits_for = missing
      row.expires_at = new Date(tx.nowMs + longestWaitMs)
    }
  }
}

/** The file is here: what waited for nothing else may leave when its own time has come. */
export async function releaseWaiting(tx: LogTx, mediaId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with found as (
      update outbox set waits_for = array_remove(waits_for, ${mediaId})
      where state = 'waiting_upload' and ${mediaId} = any(waits_for) returning id, waits_for)
    select id from found where cardinality(waits_for) = 0
  `.execute(tx.sql)
  await tx.load(
    'message',
    rows.map(({ id }) => id),
  )
  for (const { id } of rows) {
    const message = must(tx.peek('message', id), 'message that waited')
    const dueMs = Math.max(tx.nowMs, message.sendAtMs ?? 0)
    await tx.sql
      .updateTable('outbox')
      .set({
        state: dueMs > tx.nowMs ? 'scheduled' : 'queued',
        waits_for: null,
        not_before: new Date(dueMs),
        expires_at: new Date(deadlineMs(message, dueMs)),
        moved_at: new Date(tx.nowMs),
      })
      .where('id', '=', id)
      .execute()
  }
}

/** The file will never be one that can be sent. */
export async function failWaiting(tx: LogTx, mediaId: string, code: string): Promise<void> {
  const error = refusal(code)
  const { rows } = await sql<{ id: string }>`
    update outbox set state = 'failed', waits_for = null, moved_at = ${new Date(tx.nowMs)},
      last_error = ${JSON.stringify(error)}::jsonb
    where state = 'waiting_upload' and ${mediaId} = any(waits_for) returning id
  `.execute(tx.sql)
  for (const { id } of rows) {
    const message = must(await tx.get('message', id), 'message that waited')
    await moveMessage(tx, message, 'failed', { error })
  }
}

/** The messages that wait for the file. */
export async function findWaiting(tx: LogTx, mediaId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from outbox where state = 'waiting_upload' and ${mediaId} = any(waits_for)
  `.execute(tx.sql)
  return rows.map(({ id }) => id)
}

function truthful(message: Message, known: ReadonlyMap<string, { state: string }>): Message {
  return withMedia(message, (media) => {
    const isHere = known.get(media.id)?.state === 'ready'
    const state = isHere ? 'ready' : 'pending'
    return media.state === state ? media : { ...media, state }
  })
}

function refusal(code: string | null): SendError {
  return { code: code ?? 'unsupported-media', title: 'The file cannot be sent' }
}

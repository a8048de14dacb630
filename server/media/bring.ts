import type { Selectable } from 'kysely'
import { AppError } from '../../core/lib/errors.ts'
import { fetchFile } from './fetch-file.ts'
import { keptMs } from './kinds.ts'
import { showFile } from './show-file.ts'
import type { MediaTables } from './tables.ts'
import type { MediaWorkerOptions } from './worker.ts'

export type MediaRow = Selectable<MediaTables['media']>

const secondMs = 1000
const minuteMs = 60 * secondMs
/** After each failure longer, at first in seconds: whoever looks at the thread waits for the picture. */
const waitsMs = [1, 2, 5, 15, 30, 60, 120, 300, 900, 1800, 3600].map((each) => each * secondMs)
/** A file that WhatsApp says it does not have will not come back, but its first word need not be its last. */
const refusals = 10
/** An address lives five minutes, by WhatsApp's clock. */
const freshMs = 4.5 * minuteMs

/** Tries once to bring the file here, and writes down when to try again or that it is over. */
export async function bring(row: MediaRow, options: MediaWorkerOptions): Promise<void> {
  try {
    const number = await options.db
      .selectFrom('number')
      .select('data')
      .where('id', '=', row.number_id)
      .executeTakeFirst()
    const client = number && options.clientFor(number.data)
    if (client === undefined) throw new AppError('unavailable', 'no token for this number')
    const isFresh = options.clock.nowMs() - row.created_at.getTime() < freshMs
    const stored = await fetchFile(client, options.files, {
      metaMediaId: row.meta_media_id ?? '',
      phoneNumberId: number?.data.phoneNumberId ?? '',
      mime: row.mime,
      claimedSha256: row.claimed_sha256,
      freshUrl: isFresh ? row.url : null,
    })
    await showFile(options.log, row, stored)
  } catch (error) {
    if (!(error instanceof AppError)) options.report(error)
    await putOff(row, options, error)
  }
}

async function putOff(row: MediaRow, options: MediaWorkerOptions, error: unknown): Promise<void> {
  const { db, clock } = options
  const nowMs = clock.nowMs()
  const code = error instanceof AppError ? error.code : 'internal'
  const attempts = row.attempts + 1
  const isRefused = code === 'whatsapp' || code === 'not-found' || code === 'conflict'
  const isOver =
    code === 'too-large' ||
    (isRefused && attempts >= refusals && !isAboutToken(error)) ||
    nowMs - row.created_at.getTime() > keptMs
  if (isOver) return showFile(options.log, row, null, code)
  const waits = options.waitsMs ?? waitsMs
  const most = waits[row.attempts] ?? waits.at(-1) ?? 0
  const waitMs = most / 2 + (clock.random() * most) / 2
  await db
    .updateTable('media')
    .set({ attempts, next_try_at: new Date(nowMs + waitMs), last_error: code })
    .where('id', '=', row.id)
    .execute()
}

/** A refused token says nothing about the file: it is waited for, as long as WhatsApp keeps the file. */
function isAboutToken(error: unknown): boolean {
  const details = error instanceof AppError ? error.details : undefined
  const code: unknown =
    typeof details === 'object' && details !== null ? Reflect.get(details, 'code') : undefined
  return code === 190 || code === 0 || code === 10 || code === 200
}

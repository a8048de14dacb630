import { createReadStream } from 'node:fs'
import type { MediaId } from '../../core/domain/ids.ts'
import { baseOf } from '../../core/domain/sniff.ts'
import type { Platform } from '../../core/lib/clock.ts'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import type { Log } from '../log/log.ts'
import { failWaiting } from '../sender/waiting.ts'
import type { Database } from '../store/database.ts'
import type { MediaFiles } from './files.ts'
import { keepUpload, safeName, type NewMedia } from './keep-upload.ts'
import { Pieces } from './pieces.ts'
import { tellMessages } from './tell-messages.ts'
import {
  answerFor,
  checkSize,
  newsOf,
  refusedMedia,
  type MediaRow,
  type UploadRow,
  type Wanted,
} from './wanted.ts'

/** One of which nothing came for so long will not come any more; whoever still has it begins again. */
export const forgottenAfterMs = 7 * 24 * 60 * 60_000
/** What is wrong with the file itself: no other attempt will be better. */
const refusals: readonly ErrorCode[] = ['unsupported-media', 'too-large', 'bad-request']

/**
 * Files that come in pieces and go on where they were cut. A whole one goes the way of every file (keep-upload.ts),
 * and the messages that waited for it leave.
 */
export class Uploads {
  readonly #parts: { db: Database; log: Log; files: MediaFiles; clock: Platform }
  readonly #onReady: () => void
  readonly #pieces: Pieces
  readonly #finishing = new Map<string, Promise<void>>()

  /** @param onReady hears that something that waited may leave */
  constructor(
    parts: { db: Database; log: Log; files: MediaFiles; clock: Platform },
    onReady: () => void,
  ) {
    this.#parts = parts
    this.#onReady = onReady
    this.#pieces = new Pieces(parts.files.uploads)
  }

  /**
   * Makes ready for a file; asking twice is the same as once.
   *
   * @returns the file when none of it has to be sent, because they have uploaded the same before
   * @throws AppError `too-large`, `bad-request`, `disk-full`, `already-exists` and `conflict` for an id in other use,
   *   and what was said of the file when it came
   */
  async begin(ownerId: string, wanted: Wanted): Promise<MediaRow | null> {
    const known = await this.#known(ownerId, wanted)
    if (known !== null) return known
    checkSize(wanted)
    await this.#pieces.makeSureOf(wanted.sizeBytes - (await this.#pieces.sizeOf(wanted.id)))
    const { db, clock } = this.#parts
    const now = new Date(clock.nowMs())
    await db
      .insertInto('upload')
      .values({
        id: wanted.id,
        owner_id: ownerId,
        size_bytes: wanted.sizeBytes,
        claimed_sha256: wanted.sha256 ?? null,
        mime: wanted.mime,
        file_name: wanted.fileName === undefined ? null : safeName(wanted.fileName),
        created_at: now,
        touched_at: now,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    const row = await this.#find(wanted.id)
    if (row?.owner_id !== ownerId) throw new AppError('already-exists', 'the id is taken')
    const isSame =
      row.size_bytes === wanted.sizeBytes && row.claimed_sha256 === (wanted.sha256 ?? null)
    if (!isSame) throw new AppError('conflict', 'another file is on its way under this id')
    return null
  }

  /** How far one is. @throws AppError `not-found`, also for somebody else's */
  async stateOf(ownerId: string | null, id: string): Promise<UploadRow & { offset: number }> {
    const row = await this.#find(id)
    if (row === undefined || (ownerId !== null && row.owner_id !== ownerId)) {
      throw new AppError('not-found', 'no such upload')
    }
    return {
      ...row,
      offset: row.ended_at === null ? await this.#pieces.sizeOf(id) : row.size_bytes,
    }
  }

  async append(id: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const { db, clock } = this.#parts
    try {
      return await this.#pieces.append(id, bytes)
    } finally {
      const touched_at = new Date(clock.nowMs())
      await db.updateTable('upload').set({ touched_at }).where('id', '=', id).execute()
    }
  }

  /**
   * Takes in a file that is whole. May be called again.
   *
   * @throws AppError what is wrong with it; `conflict` when it is not the one announced, and it has to be sent anew
   */
  finish(id: string): Promise<void> {
    const finishing =
      this.#finishing.get(id) ?? this.#finish(id).finally(() => this.#finishing.delete(id))
    this.#finishing.set(id, finishing)
    return finishing
  }

  /** Whoever sends it does not want it any more. */
  async remove(id: string): Promise<void> {
    await this.#parts.db.deleteFrom('upload').where('id', '=', id).execute()
    await this.#pieces.remove(id)
  }

  /** The file an upload became. @throws AppError `not-found` */
  async mediaOf(ownerId: string, id: string): Promise<MediaRow> {
    const row = await this.#media(id)
    if (row?.owner_id !== ownerId || row.state !== 'ready') {
      throw new AppError('not-found', 'no such file')
    }
    return row
  }

  /** Forgets those of which nothing came for long, and files that belong to none. */
  async clear(): Promise<void> {
    const { db, clock } = this.#parts
    const before = new Date(clock.nowMs() - forgottenAfterMs)
    await db.deleteFrom('upload').where('touched_at', '<', before).execute()
    const rows = await db.selectFrom('upload').select('id').where('ended_at', 'is', null).execute()
    const kept = new Set(rows.map(({ id }) => id))
    for (const id of await this.#pieces.list()) if (!kept.has(id)) await this.#pieces.remove(id)
  }

  async #finish(id: string): Promise<void> {
    const row = await this.#find(id)
    if (row === undefined || row.ended_at !== null) return
    try {
      // First of all: what was damaged on its way says nothing about the file.
      if (row.claimed_sha256 !== null && row.claimed_sha256 !== (await this.#pieces.sha256Of(id))) {
        throw new AppError('conflict', 'the bytes are not those announced')
      }
      await keepUpload(
        this.#parts,
        {
          bytes: createReadStream(this.#pieces.pathOf(id)),
          mime: row.mime,
          ownerId: row.owner_id,
          id: id as MediaId, // it becomes one here
          ...present({ fileName: row.file_name ?? undefined }),
        },
        (media) => this.#put(media),
      )
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal'
      if (code === 'conflict') await this.remove(id)
      if (refusals.includes(code)) await this.#refuse(row, code)
      throw error
    }
    await this.#pieces.remove(id)
    this.#onReady()
  }

  /** The file is here, in one step with all that follows from it. */
  async #put(media: NewMedia): Promise<void> {
    await this.#parts.log.write(async (tx) => {
      await tx.sql
        .insertInto('media')
        .values(media)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
      await tx.sql
        .updateTable('upload')
        .set({ ended_at: new Date(tx.nowMs) })
        .where('id', '=', media.id)
        .execute()
      await tellMessages(tx, media.id, newsOf(media))
    })
  }

  async #refuse(row: UploadRow, code: ErrorCode): Promise<void> {
    await this.#parts.log.write(async (tx) => {
      await tx.sql
        .insertInto('media')
        .values(refusedMedia(row, code, new Date(tx.nowMs)))
        .execute()
      await tx.sql.deleteFrom('upload').where('id', '=', row.id).execute()
      await failWaiting(tx, row.id, code)
    })
    await this.#pieces.remove(row.id)
  }

  /** The file under this id, or the same that they uploaded before, now under this id too. */
  async #known(ownerId: string, wanted: Wanted): Promise<MediaRow | null> {
    const own = await this.#media(wanted.id)
    if (own !== undefined) return answerFor(own, ownerId, wanted)
    if (wanted.sha256 === undefined) return null
    const same = await this.#parts.db
      .selectFrom('media')
      .selectAll()
      .where('owner_id', '=', ownerId)
      .where('sha256', '=', wanted.sha256)
      .where('state', '=', 'ready')
      .execute()
    const found = same.find(({ mime }) => baseOf(mime) === baseOf(wanted.mime))
    if (found === undefined) return null
    if ((await this.#parts.files.sizeOf(wanted.sha256)) !== wanted.sizeBytes) return null
    await this.#put({
      ...found,
      id: wanted.id,
      file_name: wanted.fileName === undefined ? null : safeName(wanted.fileName),
      created_at: new Date(this.#parts.clock.nowMs()),
    })
    this.#onReady()
    return this.mediaOf(ownerId, wanted.id)
  }

  #find(id: string): Promise<UploadRow | undefined> {
    return this.#parts.db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()
  }

  #media(id: string): Promise<MediaRow | undefined> {
    return this.#parts.db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst()
  }
}

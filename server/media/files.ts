import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { diskStore } from './disk-store.ts'
import { clearSpool, spool, type CapOf, type Spooled } from './spool.ts'
import { thumbnailOf, type ByteRange, type MediaStore } from './store.ts'

/**
 * The files of messages. A new one is written to this machine's disk, looked at, and only then gets its name in the
 * store: what is in the store is complete and was found good.
 */
export class MediaFiles {
  /** Where files gather that come in pieces (uploads.ts). */
  readonly uploads: string
  readonly #spool: string
  readonly #store: MediaStore

  /**
   * @param directory where files are written on their way; `tmp` and `uploads` in it are ours
   * @param store the same directory when left out
   */
  constructor(directory: string, store: MediaStore = diskStore(directory)) {
    this.#spool = join(directory, 'tmp')
    this.uploads = join(directory, 'uploads')
    this.#store = store
  }

  /**
   * Takes in a file. `look` may refuse it by throwing, and may leave a small copy at `thumbnailPath`.
   *
   * @returns what `look` found, with hash and size
   * @throws AppError `too-large`, `disk-full`, `unavailable` when the store cannot be reached
   */
  async take<T extends { hasThumbnail: boolean }>(
    bytes: AsyncIterable<Uint8Array>,
    capOf: CapOf,
    look: (spooled: Spooled) => Promise<T>,
  ): Promise<T & Pick<Spooled, 'sha256' | 'sizeBytes'>> {
    return spool(this.#spool, bytes, capOf, async (spooled) => {
      const { path, thumbnailPath, sha256, sizeBytes } = spooled
      const found = await look(spooled)
      if (found.hasThumbnail) await this.#store.put(thumbnailPath, thumbnailOf(sha256))
      await this.#store.put(path, sha256)
      return { ...found, sha256, sizeBytes }
    })
  }

  /** @param name the hash, or `thumbnailOf` it; undefined when the file is not there */
  sizeOf(name: string): Promise<number | undefined> {
    return this.#store.sizeOf(name)
  }

  read(name: string, range?: ByteRange): Promise<Readable> {
    return this.#store.read(name, range)
  }

  /** Hands the job a path to the file on this machine, which is good until the job ends. */
  async lend<T>(name: string, job: (path: string) => Promise<T>): Promise<T> {
    const here = this.#store.pathOf(name)
    if (here !== null) return job(here)
    const path = join(this.#spool, randomUUID())
    try {
      await mkdir(this.#spool, { recursive: true, mode: 0o700 })
      await pipeline(await this.#store.read(name), createWriteStream(path, { mode: 0o600 }))
      return await job(path)
    } finally {
      await rm(path, { force: true })
    }
  }

  clear(nowMs: number): Promise<void> {
    return clearSpool(this.#spool, nowMs)
  }
}

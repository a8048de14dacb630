import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../core/lib/errors.ts'

/** Files that come in pieces, each growing at its end. How much of one is here is what its size says. */
export class Pieces {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  pathOf(id: string): string {
    return join(this.#directory, id)
  }

  sizeOf(id: string): Promise<number> {
    return stat(this.pathOf(id)).then(
      ({ size }) => size,
      () => 0,
    )
  }

  /**
   * Adds what comes, and keeps what came when the line breaks.
   *
   * @returns how much of the file is here
   * @throws AppError `disk-full`, and whatever broke the line
   */
  async append(id: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    const file = await open(this.pathOf(id), 'a', 0o600)
    try {
      for await (const chunk of bytes) await file.writeFile(chunk)
      return (await file.stat()).size
    } catch (error) {
      throw isFull(error) ? new AppError('disk-full', 'no room for media', { cause: error }) : error
    } finally {
      await file.datasync()
      await file.close()
    }
  }

  /** Hex. */
  async sha256Of(id: string): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(this.pathOf(id))) hash.update(chunk as Buffer) // it has no encoding
    return hash.digest('hex')
  }

  /** @throws AppError `disk-full` when a file of that size would not fit */
  async makeSureOf(sizeBytes: number): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(this.#directory)
    if (bavail * bsize < sizeBytes) throw new AppError('disk-full', 'no room for media')
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true })
  }

  list(): Promise<string[]> {
    return readdir(this.#directory).catch(() => [])
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

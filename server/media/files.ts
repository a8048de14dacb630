import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../core/lib/errors.ts'
import { headBytes } from './sniff.ts'

/** Longer than any transfer takes. */
const leftOverMs = 60 * 60_000

export type Kept = { sha256: string; sizeBytes: number; head: Uint8Array }

/** Bytes on this machine's disk, each under its hash: `ab/ab12…`. What is there is complete. */
export class MediaFiles {
  readonly #directory: string

  /** @param directory `<data>/media`; made when missing */
  constructor(directory: string) {
    this.#directory = directory
  }

  /**
   * Writes the bytes, waits for the disk, and only then gives them their name.
   *
   * @throws AppError `too-large`, `disk-full`
   */
  async keep(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Kept> {
    const temporary = join(this.#directory, 'tmp', randomUUID())
    await mkdir(dirname(temporary), { recursive: true, mode: 0o700 })
    try {
      const kept = await write(temporary, bytes, maxBytes)
      const target = this.pathOf(kept.sha256)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(temporary, target)
      await syncDirectory(dirname(target))
      return kept
    } catch (error) {
      await unlink(temporary).catch(() => undefined)
      if (isFull(error)) throw new AppError('disk-full', 'no room for media', { cause: error })
      throw error
    }
  }

  pathOf(sha256: string): string {
    return join(this.#directory, sha256.slice(0, 2), sha256)
  }

  thumbnailOf(sha256: string): string {
    return `${this.pathOf(sha256)}.thumbnail.webp`
  }

  async has(sha256: string): Promise<boolean> {
    return stat(this.pathOf(sha256)).then(
      (found) => found.isFile(),
      () => false,
    )
  }

  /** Removes what a killed server left half written: nothing else is that old. */
  async clear(nowMs: number): Promise<void> {
    const folder = join(this.#directory, 'tmp')
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      const { mtimeMs } = await stat(path)
      if (mtimeMs < nowMs - leftOverMs) await rm(path, { force: true })
    }
  }
}

async function write(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Kept> {
  const file = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    const head: Uint8Array[] = []
    let sizeBytes = 0
    for await (const chunk of bytes) {
      if (sizeBytes < headBytes) head.push(chunk.subarray(0, headBytes - sizeBytes))
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) throw new AppError('too-large', `more than ${maxBytes} bytes`)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
    return { sha256: hash.digest('hex'), sizeBytes, head: Buffer.concat(head) }
  } finally {
    await file.close()
  }
}

/** The name is on the disk too; Windows has no such call and needs none. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  await directory.sync().finally(() => directory.close())
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

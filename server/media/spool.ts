import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { headBytes } from '../../core/domain/sniff.ts'
import { AppError } from '../../core/lib/errors.ts'

/** Longer than any transfer takes. */
const leftOverMs = 60 * 60_000

/** A file that is whole on this machine's disk and has no name yet. */
export type Spooled = {
  path: string
  /** Where a small copy of a picture goes. */
  thumbnailPath: string
  /** Hex. */
  sha256: string
  sizeBytes: number
  /** Its first bytes. */
  head: Uint8Array
}

/** How many bytes a file that begins like this may have. May throw what refuses the file. */
export type CapOf = (head: Uint8Array) => number

/**
 * Writes the bytes to a file of their own, waits for the disk and lets `job` look at it. Nothing is left behind,
 * however it ends.
 *
 * @throws AppError `too-large`, `disk-full`
 */
export async function spool<T>(
  directory: string,
  bytes: AsyncIterable<Uint8Array>,
  capOf: CapOf,
  job: (spooled: Spooled) => Promise<T>,
): Promise<T> {
  const path = join(directory, randomUUID())
  const thumbnailPath = `${path}.thumbnail`
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const written = await write(path, bytes, capOf)
    return await job({ path, thumbnailPath, ...written })
  } catch (error) {
    if (isFull(error)) throw new AppError('disk-full', 'no room for media', { cause: error })
    throw error
  } finally {
    await rm(path, { force: true })
    await rm(thumbnailPath, { force: true })
  }
}

/** Removes what a killed server left half written: nothing else is that old. */
export async function clearSpool(directory: string, nowMs: number): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && found.mtimeMs < nowMs - leftOverMs) await rm(path, { force: true })
  }
}

async function write(path: string, bytes: AsyncIterable<Uint8Array>, capOf: CapOf) {
  const file = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    const head = new Head(capOf)
    let sizeBytes = 0
    for await (const chunk of bytes) {
      sizeBytes += chunk.length
      head.add(chunk)
      if (sizeBytes > head.maxBytes) {
        throw new AppError('too-large', `more than ${head.maxBytes} bytes`, {
          details: { maxBytes: head.maxBytes },
        })
      }
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    head.end()
    await file.sync()
    return { sha256: hash.digest('hex'), sizeBytes, head: head.bytes }
  } finally {
    await file.close()
  }
}

/** Gathers the first bytes and, as soon as they are there, learns how many more there may be. */
class Head {
  bytes: Uint8Array = new Uint8Array()
  maxBytes = Infinity
  readonly #capOf: CapOf

  constructor(capOf: CapOf) {
    this.#capOf = capOf
  }

  add(chunk: Uint8Array): void {
    if (this.maxBytes !== Infinity) return
    this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, headBytes - this.bytes.length)])
    if (this.bytes.length >= headBytes) this.maxBytes = this.#capOf(this.bytes)
  }

  /** A file shorter than a head is judged when it ends. */
  end(): void {
    if (this.maxBytes === Infinity) this.maxBytes = this.#capOf(this.bytes)
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

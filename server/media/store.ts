import type { Readable } from 'node:stream'

/** Both ends count. */
export type ByteRange = { start: number; end: number }

/**
 * Where finished files lie, each under a name made of its hash: on disk (disk-store.ts) or in a bucket (s3-store.ts).
 * What is there under a name is complete and never changes.
 *
 * @throws AppError from every method: `unavailable` when the place cannot be reached, `disk-full`
 */
export type MediaStore = {
  /** Takes over a local file. It is safe when this resolves; the local file may be gone then. */
  put(path: string, name: string): Promise<void>
  /** @returns undefined when there is no such file */
  sizeOf(name: string): Promise<number | undefined>
  /** @throws AppError `not-found` as well */
  read(name: string, range?: ByteRange): Promise<Readable>
  /** The file on this machine; null where it lies elsewhere. */
  pathOf(name: string): string | null
}

/** The name of a picture's small copy. */
export function thumbnailOf(sha256: string): string {
  return `${sha256}.thumbnail.webp`
}

import { createHash } from 'node:crypto'

/** Hash, size and number of lines of bytes that come in pieces. In COPY's text format a row is a line. */
export class Tally {
  readonly #hash = createHash('sha256')
  #sizeBytes = 0
  lines = 0

  add(bytes: Buffer): void {
    this.#hash.update(bytes)
    this.#sizeBytes += bytes.length
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) this.lines += 1
  }

  /** Once, at the end. */
  sum(): { sha256: string; sizeBytes: number } {
    return { sha256: this.#hash.digest('hex'), sizeBytes: this.#sizeBytes }
  }
}

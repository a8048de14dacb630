/** Enough of the tar format (POSIX ustar) for a backup, so that anybody can look into one with `tar`. */

const blockBytes = 512

export type TarEntry = { name: string; sizeBytes: number; bytes: AsyncIterable<Buffer> }

/** What stands before an entry's bytes. @param name at most 100 bytes of ASCII */
export function entryHeader(name: string, sizeBytes: number, mtimeMs: number): Buffer {
  const block = Buffer.alloc(blockBytes)
  const octal = (value: number, at: number, digits: number) =>
    block.write(value.toString(8).padStart(digits, '0'), at, 'ascii')
  block.write(name, 0, 100, 'ascii')
  octal(0o600, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(sizeBytes, 124, 11)
  octal(Math.floor(mtimeMs / 1000), 136, 11)
  block.write('0', 156, 'ascii') // an ordinary file
  block.write('ustar\x0000', 257, 'ascii')
  octal(checksumOf(block), 148, 6)
  block.write('\0 ', 154, 'ascii')
  return block
}

/** What stands behind an entry's bytes. */
export function padding(sizeBytes: number): Buffer {
  return Buffer.alloc(paddingOf(sizeBytes))
}

export const endOfTar = Buffer.alloc(2 * blockBytes)

/**
 * The entries in their order. The bytes of one are there until the next is asked for; what nobody read is passed over.
 *
 * @throws Error when it is no tar, or ends too early
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source)
  for (;;) {
    const block = await bytes.take(blockBytes)
    if (block.every((byte) => byte === 0)) break
    if (numberAt(block, 148, 8) !== checksumOf(block)) throw new Error('an entry has no heading')
    const name = block.toString('ascii', 0, 100).replace(/\0.*$/s, '')
    const sizeBytes = numberAt(block, 124, 12)
    const body = bytes.upTo(sizeBytes)
    yield { name, sizeBytes, bytes: body }
    while ((await body.next()).done !== true);
    await bytes.take(paddingOf(sizeBytes))
  }
  await bytes.drain()
}

/** Bytes that come in pieces, taken in others. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.upTo(count)) parts.push(part)
    return Buffer.concat(parts)
  }

  async *upTo(count: number): AsyncGenerator<Buffer, void, undefined> {
    for (let left = count; left > 0;) {
      if (this.#held.length === 0) await this.#next()
      const part = this.#held.subarray(0, left)
      this.#held = this.#held.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  /** To the very end: what unpacks the bytes checks its own sum there. */
  async drain(): Promise<void> {
    while ((await this.#source.next()).done !== true);
  }

  async #next(): Promise<void> {
    const piece = await this.#source.next()
    if (piece.done === true) throw new Error('it ends too early')
    this.#held = piece.value
  }
}

function paddingOf(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes
}

function numberAt(block: Buffer, at: number, length: number): number {
  return Number.parseInt(block.toString('ascii', at, at + length), 8)
}

/** Of the block with blanks in place of the sum itself. */
function checksumOf(block: Buffer): number {
  let sum = 8 * 0x20
  for (let at = 0; at < blockBytes; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return sum
}

import { dirname } from 'node:path'
import { createHash } from 'node:crypto'
import type { Random } from '../../../simulator/world/random.ts'
import type { FileCall } from './file-calls.ts'

/** What stands on the disk when the power is back: files by their paths. Locks are left out: the machine began anew. */
export type Image = Map<string, Buffer>

type Write = { at: number; bytes: Buffer } | { sizeBytes: number }
type Inode = { durable: Buffer; unsynced: Write[]; isFolder?: true }
type Naming = { folder: string; path: string; inode: Inode | null; from?: string }

/**
 * A file system that promises no more than POSIX does: what was written is there after its file was synced, what was
 * named or renamed is there after its folder was. Of all else any part may be there, in any order, writes also half.
 */
export class FragileFiles {
  readonly #now = new Map<string, Inode>()
  readonly #durable = new Map<string, Inode>()
  #unsynced: Naming[] = []

  take(call: FileCall): void {
    const { path } = call
    const folder = dirname(path)
    switch (call.kind) {
      case 'create':
        return this.#name({ folder, path, inode: empty() })
      case 'make-folder':
        for (const made of foldersBetween(call.first, path))
          this.#name({ folder: dirname(made), path: made, inode: { ...empty(), isFolder: true } })
        return
      case 'remove':
        if (this.#now.has(path)) this.#name({ folder, path, inode: null })
        return
      case 'rename':
        return this.#name({
          folder,
          path,
          from: call.from,
          inode: this.#now.get(call.from) ?? null,
        })
      case 'write':
        this.#now.get(path)?.unsynced.push({ at: call.at, bytes: call.bytes })
        return
      case 'cut':
        this.#now.get(path)?.unsynced.push({ sizeBytes: call.sizeBytes })
        return
      case 'sync':
        return this.#sync(this.#now.get(path))
      case 'sync-folder':
        for (const naming of this.#unsynced)
          if (naming.folder === path) apply(this.#durable, naming)
        this.#unsynced = this.#unsynced.filter((naming) => naming.folder !== path)
        return
    }
  }

  /**
   * What may be there if the power is cut now: nothing unsynced, all, each alone, each missing, every beginning, each
   * write half or as zeros, and as many parts at random as asked for. No image twice.
   */
  *images(random: Random, atRandom: number): Generator<Image> {
    const writes = [...new Set([...this.#now.values(), ...this.#durable.values()])].flatMap(
      (inode) => inode.unsynced.map((write) => ({ inode, write })),
    )
    const count = this.#unsynced.length + writes.length
    const seen = new Set<string>()
    const all = Array.from({ length: count }, (_, at) => at)
    const parts = [
      ...all.flatMap((one) => [[one], all.filter((other) => other !== one), all.slice(0, one)]),
      all,
      ...Array.from({ length: atRandom }, () => all.filter(() => random.next() < 0.5)),
    ]
    const torn = writes.flatMap((_, at) => ['half', 'zeros'].map((how) => ({ at, how })))
    const ways = [
      ...parts.map((part) => ({ part, tear: null })),
      ...torn.map((tear) => ({ part: all, tear })),
    ]
    for (const { part, tear } of ways) {
      const kept = new Set(part)
      const image = this.#imageOf(
        this.#unsynced.filter((_, at) => kept.has(at)),
        writes.flatMap((one, at) => {
          if (!kept.has(this.#unsynced.length + at)) return []
          return tear?.at === at ? [{ ...one, write: spoilt(one.write, tear.how) }] : [one]
        }),
      )
      const print = printOf(image)
      if (!seen.has(print)) yield image
      seen.add(print)
    }
  }

  #imageOf(namings: readonly Naming[], writes: readonly { inode: Inode; write: Write }[]): Image {
    const names = new Map(this.#durable)
    for (const naming of namings) apply(names, naming)
    const image: Image = new Map()
    const lost = [...this.#now].flatMap(([path, { isFolder }]) =>
      isFolder === true && !names.has(path) ? [`${path}/`] : [],
    )
    for (const [path, inode] of names) {
      if (inode.isFolder === true || lost.some((folder) => path.startsWith(folder))) continue
      const mine = writes.filter((one) => one.inode === inode).map(({ write }) => write)
      image.set(path, mine.reduce(written, inode.durable))
    }
    return image
  }

  #name(naming: Naming): void {
    apply(this.#now, naming)
    this.#unsynced.push(naming)
  }

  #sync(inode: Inode | undefined): void {
    if (inode === undefined) return
    inode.durable = inode.unsynced.reduce(written, inode.durable)
    inode.unsynced = []
  }
}

const empty = (): Inode => ({ durable: Buffer.alloc(0), unsynced: [] })

function foldersBetween(first: string, last: string): string[] {
  return first === last ? [last] : [...foldersBetween(first, dirname(last)), last]
}

function apply(names: Map<string, Inode>, { path, inode, from }: Naming): void {
  if (from !== undefined) names.delete(from)
  if (inode === null) names.delete(path)
  else names.set(path, inode)
}

function written(content: Buffer, write: Write): Buffer {
  if ('sizeBytes' in write) return content.subarray(0, write.sizeBytes)
  const size = Math.max(content.length, write.at + write.bytes.length)
  const result = Buffer.alloc(size)
  content.copy(result)
  write.bytes.copy(result, write.at)
  return result
}

function spoilt(write: Write, how: string): Write {
  if ('sizeBytes' in write) return write
  const half = write.bytes.subarray(0, write.bytes.length >> 1)
  return { at: write.at, bytes: how === 'half' ? half : Buffer.alloc(write.bytes.length) }
}

/** The same image has the same print. */
export function printOf(image: Image): string {
  const hash = createHash('sha1')
  for (const [path, bytes] of [...image].sort(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(`${path}\n${bytes.length}\n`).update(bytes)
  return hash.digest('hex')
}

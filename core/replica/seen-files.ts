import type { MediaBytes } from '../contract/views.ts'
import type { MediaId } from '../domain/ids.ts'
import { AppError } from '../lib/errors.ts'
import type { BlobRoom } from './blob-room.ts'

const prefix = 'seen-'
export type MediaSize = 'thumbnail' | 'original'

/** Files of the server's that were looked at here: they can be looked at again without it, while there is room. */
export class SeenFiles {
  readonly #room: BlobRoom

  constructor(room: BlobRoom) {
    this.#room = room
  }

  get isEmpty(): boolean {
    return !this.#room.names.some(isSeenFile)
  }

  async read(id: MediaId, size: MediaSize): Promise<MediaBytes | null> {
    const kept = await this.#room.read(nameOf(id, size))
    if (kept === null) return null
    const [length = 0] = kept
    const mime = String.fromCharCode(...kept.subarray(1, 1 + length))
    return { mime, bytes: kept.slice(1 + length), fileName: null }
  }

  /** Keeps a copy where there is room for one; nothing depends on it. */
  async keep(id: MediaId, size: MediaSize, { mime, bytes }: MediaBytes): Promise<void> {
    const letters = Array.from(mime, (letter) => letter.charCodeAt(0))
    if (letters.length > 255 || letters.some((code) => code > 127)) return
    const kept = new Uint8Array(1 + letters.length + bytes.length)
    kept.set([letters.length, ...letters])
    kept.set(bytes, 1 + letters.length)
    try {
      await this.#room.put(nameOf(id, size), kept)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }

  /** Lets go of those that no message shows any more. */
  async keepOnly(shown: ReadonlySet<string>): Promise<void> {
    for (const name of this.#room.names) {
      const id = /^seen-(.+)-(?:thumbnail|original)$/.exec(name)?.[1]
      if (id !== undefined && !shown.has(id)) await this.#room.remove(name)
    }
  }
}

/** Whether a blob of this name is one that was only looked at. */
export function isSeenFile(name: string): boolean {
  return name.startsWith(prefix)
}

function nameOf(id: MediaId, size: MediaSize): string {
  return `${prefix}${id}-${size}`
}

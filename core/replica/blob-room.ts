import { AppError } from '../lib/errors.ts'
import type { Platform } from '../lib/clock.ts'
import type { Blobs, KeptBlob } from './ports.ts'

/** What files may take together, besides those that are needed. */
const mostBytes = 256 * 1024 * 1024

/**
 * The files on this machine's disk. What is needed stays; of the rest, what was not used for longest makes room, at the
 * limit and when the disk is full.
 */
export class BlobRoom {
  readonly #blobs: Blobs
  readonly #platform: Platform
  readonly #isNeeded: (name: string) => boolean
  readonly #kept = new Map<string, KeptBlob>()

  private constructor(blobs: Blobs, platform: Platform, isNeeded: (name: string) => boolean) {
    this.#blobs = blobs
    this.#platform = platform
    this.#isNeeded = isNeeded
  }

  static async open(
    blobs: Blobs,
    platform: Platform,
    isNeeded: (name: string) => boolean,
  ): Promise<BlobRoom> {
    const room = new BlobRoom(blobs, platform, isNeeded)
    for (const blob of await blobs.list()) room.#kept.set(blob.name, blob)
    return room
  }

  get names(): readonly string[] {
    return [...this.#kept.keys()]
  }

  has(name: string): boolean {
    return this.#kept.has(name)
  }

  /** Durable when it resolves. @throws AppError `disk-full` when not even what is not needed was enough */
  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#makeRoom(mostBytes - bytes.length)
    try {
      await this.#blobs.put(name, bytes)
    } catch (error) {
      const isFull = error instanceof AppError && error.code === 'disk-full'
      if (!isFull || !(await this.#makeRoom(0))) throw error
      await this.#blobs.put(name, bytes)
    }
    const usedAtMs = this.#platform.nowMs()
    this.#kept.set(name, { name, sizeBytes: bytes.length, usedAtMs })
  }

  async read(name: string): Promise<Uint8Array | null> {
    const kept = this.#kept.get(name)
    if (kept === undefined) return null
    const bytes = await this.#blobs.read(name)
    if (bytes === null) this.#kept.delete(name)
    else kept.usedAtMs = this.#platform.nowMs()
    return bytes
  }

  async remove(name: string): Promise<void> {
    if (this.#kept.delete(name)) await this.#blobs.remove(name)
  }

  /** Lets go of what is not needed until it takes no more than that. @returns whether anything went */
  async #makeRoom(toBytes: number): Promise<boolean> {
    const idle = [...this.#kept.values()]
      .filter(({ name }) => !this.#isNeeded(name))
      .sort((a, b) => a.usedAtMs - b.usedAtMs)
    let takenBytes = idle.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    let hasGone = false
    for (const { name, sizeBytes } of idle) {
      if (takenBytes <= Math.max(0, toBytes)) break
      takenBytes -= sizeBytes
      hasGone = true
      await this.remove(name)
    }
    return hasGone
  }
}

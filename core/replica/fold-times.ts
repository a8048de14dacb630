import type { Platform } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'

/** The journal is folded into the row documents when it has grown this far. */
const atBytes = 8 * 1024 * 1024
/** When nothing has come for a while, less is enough: what is in the journal has to be gone through at the next start. */
const atRestBytes = 2 * 1024 * 1024
const restMs = 30_000

/** When a replica folds what nothing else makes it fold. Nothing hangs on it: what cannot be done now is tried later. */
export class FoldTimes {
  readonly #platform: Platform
  readonly #sizeBytes: () => number
  readonly #fold: () => Promise<void>
  #cancel: () => void = () => undefined

  /** @param sizeBytes of the journal in use */
  constructor(platform: Platform, sizeBytes: () => number, fold: () => Promise<void>) {
    this.#platform = platform
    this.#sizeBytes = sizeBytes
    this.#fold = fold
  }

  /** The journal has grown. */
  async grown(): Promise<void> {
    this.stop()
    if (this.#sizeBytes() > atBytes) return this.ifPossible()
    const atRest = () => {
      if (this.#sizeBytes() > atRestBytes) void this.ifPossible()
    }
    this.#cancel = this.#platform.after(restMs, atRest)
  }

  async ifPossible(): Promise<void> {
    await this.#fold().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
    })
  }

  stop(): void {
    this.#cancel()
  }
}

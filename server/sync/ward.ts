/** A console says something at least every heartbeat; one that missed three is gone, whatever TCP believes. */
const silentMs = 75_000
/** So much unread for so long: it has to come again when it can read. */
const tooFullBytes = 8 * 1024 * 1024
const tooFullMs = 30_000
/** How often is looked. */
export const lookEveryMs = 5_000

/** Whether one console's socket still deserves to be kept. Times are of a clock that only goes forward. */
export class Ward {
  #heardAtMs: number
  #fullSinceMs: number | null = null

  constructor(nowMs: number) {
    this.#heardAtMs = nowMs
  }

  heard(nowMs: number): void {
    this.#heardAtMs = nowMs
  }

  look(bufferedBytes: number, nowMs: number): 'sound' | 'silent' | 'full' {
    if (bufferedBytes <= tooFullBytes) this.#fullSinceMs = null
    else this.#fullSinceMs ??= nowMs
    if (this.#fullSinceMs !== null && nowMs - this.#fullSinceMs >= tooFullMs) return 'full'
    return nowMs - this.#heardAtMs >= silentMs ? 'silent' : 'sound'
  }
}

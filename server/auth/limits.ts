import { AppError } from '../../core/lib/errors.ts'

type Count = { tries: number; sinceMs: number }

/** Forgets everything past this many accounts and addresses: memory is not for attackers to fill. */
const maxKeys = 50_000

/**
 * Counts failed attempts within a window. Held in memory: a restart forgives, which costs an attacker more than it
 * gives.
 */
export class AttemptLimit {
  readonly #counts = new Map<string, Count>()
  readonly #nowMs: () => number
  readonly #max: number
  readonly #windowMs: number

  constructor(nowMs: () => number, max: number, windowMs: number) {
    this.#nowMs = nowMs
    this.#max = max
    this.#windowMs = windowMs
  }

  /**
   * Counts an attempt before it is made, so that many at once do not slip through.
   *
   * @throws AppError too-many-attempts; details.retryAfterSeconds
   */
  take(key: string): void {
    const nowMs = this.#nowMs()
    const known = this.#counts.get(key)
    const count =
      known === undefined || nowMs - known.sinceMs >= this.#windowMs
        ? { tries: 0, sinceMs: nowMs }
        : known
    if (count.tries >= this.#max) {
      const retryAfterSeconds = Math.ceil((count.sinceMs + this.#windowMs - nowMs) / 1000)
      throw new AppError('too-many-attempts', 'too many attempts', {
        details: { retryAfterSeconds },
      })
    }
    if (this.#counts.size >= maxKeys) this.#counts.clear()
    this.#counts.set(key, { ...count, tries: count.tries + 1 })
  }

  /** The attempt was right after all. */
  giveBack(key: string): void {
    const count = this.#counts.get(key)
    if (count !== undefined) this.#counts.set(key, { ...count, tries: count.tries - 1 })
  }

  forget(key: string): void {
    this.#counts.delete(key)
  }
}

import { hash64 } from '../lib/hash64.ts'
import type { Digest } from './digest.ts'

/** Counts a set of rows as they come and go, in no order: what the set comes to is the same however it came about. */
export class Tally {
  #count = 0
  #high = 0
  #low = 0

  static of([count, hash]: Digest): Tally {
    const tally = new Tally()
    tally.#count = count
    tally.#high = Number.parseInt(hash.slice(0, 8), 16)
    tally.#low = Number.parseInt(hash.slice(8), 16)
    return tally
  }

  get digest(): Digest {
    return [this.#count, hex(this.#high) + hex(this.#low)]
  }

  add(id: string, rev: number): void {
    this.#turn(1, hash64(id, rev))
  }

  /** Takes away what was added as this. */
  remove(id: string, rev: number): void {
    this.#turn(-1, hash64(id, rev))
  }

  /** Adds what another one counted; nothing may be in both. */
  join(other: Tally): void {
    this.#turn(other.#count, { high: other.#high, low: other.#low })
  }

  #turn(count: number, { high, low }: { high: number; low: number }): void {
    this.#count += count
    this.#high ^= high
    this.#low ^= low
  }
}

function hex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0')
}

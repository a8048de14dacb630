import { createHash } from 'node:crypto'

/** Chance that repeats with its seed (mulberry32). */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, below: (limit) => Math.floor(next() * limit) }
}

/** Hexadecimal that is the same for the same seed and name, in every run. */
export function stableHex(seed: number, name: string): string {
  return createHash('sha256').update(`${seed}|${name}`).digest('hex')
}

/** Decimal digits that are the same for the same seed and name; never a leading zero. */
export function stableDigits(seed: number, name: string, length: number): string {
  const many = BigInt(`0x${stableHex(seed, name)}`)
    .toString()
    .padStart(70, '7')
  const digits = many.slice(-length)
  return digits.startsWith('0') ? `1${digits.slice(1)}` : digits
}

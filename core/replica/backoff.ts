/** Waits between tries at least this long, at most that. @see docs on reconnecting in ARCHITECTURE.md */
const shortestMs = 500
const longestMs = 30_000
/** A connection that lasted this long was a good one. */
const stableMs = 60_000
/** Consoles that were sent away with a time come back within so long after it. */
const spreadMs = 1_000

/**
 * Decorrelated jitter: each wait is drawn between the shortest and three times the last, so that a hundred consoles
 * do not come back in step.
 *
 * @param previousMs the wait before this one; null for the first try after a connection that worked
 * @param random uniform in [0, 1)
 */
export function nextWaitMs(previousMs: number | null, random: number): number {
  if (previousMs === null) return random * 1000
  return Math.min(
    longestMs,
    shortestMs + random * (3 * Math.max(previousMs, shortestMs) - shortestMs),
  )
}

/** How long to wait before the next try. Only a connection that lasted makes the waits short again. */
export class Backoff {
  readonly #random: () => number
  #previousMs: number | null = null
  #connectedAtMs: number | null = null
  #told: { retryMs: number; isDrain: boolean } | null = null

  constructor(random: () => number) {
    this.#random = random
  }

  connected(nowMs: number): void {
    this.#connectedAtMs ??= nowMs
  }

  /** The server said when to come back. Draining, it wants everybody back within that time, but not all at once. */
  sentAway(retryMs: number, isDrain: boolean): void {
    this.#told = { retryMs, isDrain }
  }

  nextMs(nowMs: number): number {
    const isStable = this.#connectedAtMs !== null && nowMs - this.#connectedAtMs >= stableMs
    if (isStable) this.#previousMs = null
    this.#connectedAtMs = null
    const told = this.#told
    this.#told = null
    if (told?.isDrain === true) return this.#random() * told.retryMs
    const ownMs = nextWaitMs(this.#previousMs, this.#random())
    this.#previousMs = ownMs
    return told === null ? ownMs : Math.max(ownMs, told.retryMs + this.#random() * spreadMs)
  }
}

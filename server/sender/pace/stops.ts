/** Longest that all of a number, account or app stand still before one is tried again. */
const longestMs = 5 * 60_000

type Stop = { untilMs: number; times: number }

/** Who was told to stand still, and until when. Each time in a row is about twice as long as the one before. */
export class Stops {
  readonly #stops = new Map<string, Stop>()
  readonly #random: () => number

  /** @param random uniform in [0, 1) */
  constructor(random: () => number) {
    this.#random = random
  }

  /** Calls that were under way together end together: that is one stop. */
  stop(what: string, nowMs: number): void {
    const before = this.#stops.get(what) ?? { untilMs: 0, times: 0 }
    if (before.untilMs > nowMs) return
    const times = before.times + 1
    const mostMs = Math.min(longestMs, 1000 * 2 ** times)
    this.#stops.set(what, { untilMs: nowMs + mostMs * (0.5 + this.#random() / 2), times })
  }

  /** It went well: the next stop is a short one again. */
  forgive(what: string, nowMs: number): void {
    const stop = this.#stops.get(what)
    if (stop !== undefined && stop.untilMs <= nowMs) this.#stops.delete(what)
  }

  untilMs(what: string): number {
    return this.#stops.get(what)?.untilMs ?? 0
  }
}

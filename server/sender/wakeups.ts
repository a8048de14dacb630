/** Times this close together are one. */
const grainMs = 10

/** Times at which something is due that no commit will announce. */
export class Wakeups {
  readonly #times = new Set<number>()

  add(atMs: number): void {
    if (atMs !== Infinity) this.#times.add(Math.ceil(atMs / grainMs) * grainMs)
  }

  /** The next one, forgetting those that are over; Infinity when there is none. */
  next(nowMs: number): number {
    let nextMs = Infinity
    for (const atMs of this.#times) {
      if (atMs <= nowMs) this.#times.delete(atMs)
      else nextMs = Math.min(nextMs, atMs)
    }
    return nextMs
  }
}

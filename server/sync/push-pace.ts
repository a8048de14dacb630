/** Deeds a replica may push: so many a second for good, and so many at once. */
const perSecond = 50
const atOnce = 200
/** Replicas remembered before those that have been quiet for a while are forgotten. */
const mostRemembered = 1_000

/** How long a replica's deeds have to wait for those before them. Nothing is refused: whoever pushes more is slowed. */
export class PushPace {
  /** What each replica has left, and when that was. */
  readonly #left = new Map<string, { deeds: number; atMs: number }>()

  /** Takes `count` deeds in. @param nowMs of a clock that only goes forward @returns after how long they may be done */
  waitMs(replica: string, count: number, nowMs: number): number {
    const before = this.#left.get(replica)
    const deeds = (before === undefined ? atOnce : refilled(before, nowMs)) - count
    this.#left.set(replica, { deeds, atMs: nowMs })
    if (this.#left.size > mostRemembered) this.#forget(nowMs)
    return deeds >= 0 ? 0 : (-deeds * 1000) / perSecond
  }

  #forget(nowMs: number): void {
    for (const [replica, left] of this.#left) {
      if (refilled(left, nowMs) === atOnce) this.#left.delete(replica)
    }
  }
}

function refilled({ deeds, atMs }: { deeds: number; atMs: number }, nowMs: number): number {
  return Math.min(atOnce, deeds + ((nowMs - atMs) * perSecond) / 1000)
}

import type { Reader } from './changes.ts'
import { readInventory, type Inventory, type Wanted } from './digests.ts'

export type DigestPace = {
  /** So long after a console was sent digests its next ones are due. */
  everyMs: number
  /** Between two rounds, at least; and so many times as long as the last one took. */
  restMs: number
  restFactor: number
  lookEveryMs: number
}
export const usualPace: DigestPace = {
  everyMs: 15 * 60 * 1000,
  restMs: 5_000,
  restFactor: 100,
  lookEveryMs: 1_000,
}

/** While ordinary news take so long to read, digests wait: they are the first thing to be left out. */
const busyMs = 100
const afterBusyMs = 10_000
const afterFailureMs = 60 * 60 * 1000
/** Conversations gone through in one round, about. Who comes when they are reached is in the next one. */
const mostWindows = 500

const canceled = '57014'

/** A console that may wait for its digests: what it wants then, null when nothing is due. */
export type Asking = { readonly wanted: Wanted | null }

/**
 * When the database is gone through for digests, and for whom: all who wait share one round, so that two hundred
 * consoles that come back at once cost what one does. Times are of a clock that only goes forward.
 */
export class Rounds {
  readonly pace: DigestPace
  readonly #report: (error: unknown) => void
  #restsUntilMs = 0

  constructor(pace: DigestPace, report: (error: unknown) => void) {
    this.pace = pace
    this.#report = report
  }

  isDue(consoles: Iterable<Asking>, nowMs: number): boolean {
    return this.begin(consoles, nowMs).size > 0
  }

  /** Who is in a round that begins now. */
  begin<A extends Asking>(consoles: Iterable<A>, nowMs: number): Map<A, Wanted> {
    const chosen = new Map<A, Wanted>()
    if (nowMs < this.#restsUntilMs) return chosen
    const windows = new Set<string>()
    for (const console of consoles) {
      const { wanted } = console
      if (wanted === null) continue
      for (const window of wanted.windows) windows.add(window.join())
      chosen.set(console, wanted)
      if (windows.size >= mostWindows) break
    }
    return chosen
  }

  /** @returns null when it is left out; nothing else suffers from that */
  async read(snapshot: Reader, wanted: readonly Wanted[]): Promise<Inventory | null> {
    const startedMs = performance.now()
    try {
      return await readInventory(snapshot, wanted)
    } catch (error) {
      const isTooSlow = error instanceof Error && Reflect.get(error, 'code') === canceled
      if (!isTooSlow) this.#fail(error)
      return null
    } finally {
      const nowMs = performance.now()
      const { restMs, restFactor } = this.pace
      this.#rest(nowMs, Math.max(restMs, restFactor * (nowMs - startedMs)))
    }
  }

  /** Ordinary news took so long to read. */
  heardOfNews(elapsedMs: number, nowMs: number): void {
    if (elapsedMs >= busyMs) this.#rest(nowMs, afterBusyMs)
  }

  /** It will not be otherwise in a moment, and everybody would wait for it each time. */
  #fail(error: unknown): void {
    this.#rest(performance.now(), afterFailureMs)
    this.#report(error)
  }

  #rest(nowMs: number, forMs: number): void {
    this.#restsUntilMs = Math.max(this.#restsUntilMs, nowMs + forMs)
  }
}

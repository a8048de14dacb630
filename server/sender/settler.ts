import type { Platform } from '../../core/lib/clock.ts'
import type { Log } from '../log/log.ts'
import { settle, type Ended, type Settled } from './settle.ts'

/** Calls that end together are written down together. */
const gatherMs = 5
const mostAtOnce = 64
/** About ten minutes in all: longer than any restart of a database. */
const tries = 70
const longestWaitMs = 10_000

export type SettlerOptions = {
  log: Log
  clock: Platform
  uncertainAfterMs: number
  /** The process is ending: what a call brings now is not written down any more. */
  isAbandoned: () => boolean
  onSettled: (settled: Settled) => void
  report: (error: unknown) => void
}

type Waiting = { one: Ended; done: () => void; failed: (error: unknown) => void }

/** Writes down how calls ended, many in one transaction. */
export class Settler {
  readonly #options: SettlerOptions
  #waiting: Waiting[] = []
  #isFlushing = false

  constructor(options: SettlerOptions) {
    this.#options = options
  }

  /**
   * Resolves when it is written. What is known now would be lost if it could not be, so a database that is away for
   * a while is waited for.
   */
  async settle(one: Ended): Promise<void> {
    const { clock, isAbandoned, report } = this.#options
    for (let count = 1; count <= tries && !isAbandoned(); count += 1) {
      try {
        return await this.#gather(one)
      } catch (error) {
        report(error)
        const waitMs = Math.min(longestWaitMs, 250 * 2 ** Math.min(count, 10))
        await new Promise<void>((resolve) => clock.after(waitMs, resolve))
      }
    }
  }

  #gather(one: Ended): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ one, done, failed })
      if (this.#isFlushing) return
      this.#isFlushing = true
      this.#options.clock.after(gatherMs, () => void this.#flush())
    })
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostAtOnce)
      try {
        await this.#write(batch)
      } catch {
        // One of them may be to blame: each gets its own transaction, and its own error.
        for (const each of batch) await this.#write([each]).catch(each.failed)
      }
    }
    this.#isFlushing = false
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const { log, uncertainAfterMs, onSettled } = this.#options
    const ended = batch.map(({ one }) => one)
    const settled = await settle(log, ended, uncertainAfterMs)
    onSettled(settled)
    for (const { done } of batch) done()
  }
}

/**
 * The platform's time: windows, expiry, latencies, retries. A manual clock stands still until the
 * control API moves it. What belongs to one socket (a held answer) runs on real time instead.
 */
export type Clock = {
  nowMs(): number
  /** Runs the task once in `delayMs`; the returned function calls it off. */
  after(delayMs: number, task: () => void): () => void
  /** Forgets everything still to come. */
  stop(): void
}

export function createRealClock(): Clock {
  const timers = new Set<NodeJS.Timeout>()
  return {
    nowMs: () => Date.now(),
    after(delayMs, task) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        task()
      }, delayMs)
      timers.add(timer)
      return () => {
        clearTimeout(timer)
        timers.delete(timer)
      }
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

type Appointment = { dueMs: number; task: () => void }

export class ManualClock implements Clock {
  #nowMs: number
  /** Earliest first; of those due at once, the one made first. */
  #appointments: Appointment[] = []

  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, task: () => void): () => void {
    const made = { dueMs: this.#nowMs + Math.max(0, delayMs), task }
    const later = this.#appointments.findIndex(({ dueMs }) => dueMs > made.dueMs)
    this.#appointments.splice(later === -1 ? this.#appointments.length : later, 0, made)
    return () => {
      this.#appointments = this.#appointments.filter((one) => one !== made)
    }
  }

  stop(): void {
    this.#appointments = []
  }

  /**
   * Moves on, keeping every appointment on the way in order.
   *
   * @param settle waits for what a kept appointment set going, so that its consequences come in order too
   */
  async advance(byMs: number, settle: () => Promise<void>): Promise<void> {
    const untilMs = this.#nowMs + byMs
    await settle()
    for (let next = this.#due(untilMs); next; next = this.#due(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs)
      next.task()
      await settle()
    }
    this.#nowMs = untilMs
  }

  #due(untilMs: number): Appointment | undefined {
    const [first] = this.#appointments
    return first && first.dueMs <= untilMs ? this.#appointments.shift() : undefined
  }
}

import type { Platform } from '../../core/lib/clock.ts'
import type { Machine, Socket, SocketEvents } from '../../core/replica/ports.ts'
import { exampleNowMs } from '../../core/testing/examples.ts'

type Timer = { atMs: number; call: () => void }

/** A made-up machine: time moves when a step says so, ids count, nothing is random. */
export class SimulatedMachine {
  nowMs = exampleNowMs
  #ids = 0
  #draw = 0
  readonly #name: number
  #timers: Timer[] = []

  /** @param name makes this machine's ids differ from every other's */
  constructor(name: number) {
    this.#name = name
  }

  newId(): string {
    this.#ids += 1
    const tail = (this.#name * 0x1000000 + this.#ids).toString(16).padStart(12, '0')
    return `019aae00-0000-7000-8000-${tail}`
  }

  /** Lets the next timer ring, if that is due by then. @returns whether there was one */
  ring(untilMs = Infinity): boolean {
    const next = this.#timers.reduce<Timer | null>(
      (first, timer) => (first === null || timer.atMs < first.atMs ? timer : first),
      null,
    )
    if (next === null || next.atMs > untilMs) return false
    this.#timers = this.#timers.filter((timer) => timer !== next)
    this.nowMs = Math.max(this.nowMs, next.atMs)
    next.call()
    return true
  }

  /** The process is gone, and its timers with it. */
  stop(): void {
    this.#timers = []
  }

  readonly platform: Platform = {
    nowMs: () => this.nowMs,
    newId: () => this.newId(),
    random: () => (this.#draw = (this.#draw * 5 + 3) % 16) / 16,
    after: (delayMs, call) => {
      const timer = { atMs: Math.ceil(this.nowMs + delayMs), call }
      this.#timers.push(timer)
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer)
      }
    },
  }

  machine(connect: (events: SocketEvents) => Socket, report: (bug: unknown) => void): Machine {
    const missing = () => {
      throw new Error('bug: the simulation has no such thing')
    }
    return {
      platform: this.platform,
      host: 'desktop',
      device: 'linux',
      language: 'de',
      serverUrl: null,
      isServerManaged: false,
      settings: undefined as never, // a desk on its own asks for none of these
      replicaDisk: missing,
      connect: (_url, events) => connect(events),
      http: missing,
      sha256: missing,
      report,
    }
  }
}

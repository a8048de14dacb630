import type { Platform } from '../lib/clock.ts'

/** Silence longer than this means the connection is dead, whatever TCP believes. */
const silenceMs = 35_000
/** After a sleep or a change of network an answer comes within this time, or nobody is there. */
const probeMs = 3_000
/** How often is looked whether the machine slept, and how late the look has to be for that. */
const lookMs = 5_000
const sleptMs = 10_000
/** Samples the offset of the clocks is the median of: one slow answer does not move it. */
const samples = 5

type Listener = {
  ping(n: number, atMs: number): void
  /** Nothing was heard in time. */
  dead(): void
  /** Server time minus ours. */
  offset(ms: number): void
}

/** Whether the other side is there, and how its clock differs from ours. One for each connection. */
export class Pulse {
  readonly #platform: Platform
  readonly #listener: Listener
  #offsets: number[] = []
  #pings = 0
  #isStopped = false
  #cancelSilence: () => void = () => undefined
  #cancelBeat: () => void = () => undefined
  #cancelLook: () => void = () => undefined

  constructor(platform: Platform, listener: Listener) {
    this.#platform = platform
    this.#listener = listener
    this.#expect(silenceMs)
  }

  /** Says something now and at least this often, so that neither side takes the other for dead. */
  beat(everyMs: number): void {
    this.#cancelBeat()
    this.#ping()
    const again = () => {
      this.#ping()
      this.#cancelBeat = this.#platform.after(everyMs, again)
    }
    this.#cancelBeat = this.#platform.after(everyMs, again)
    this.#cancelLook()
    this.#look(this.#platform.nowMs())
  }

  heard(): void {
    if (!this.#isStopped) this.#expect(silenceMs)
  }

  /** @param askedAtMs our time when the ping went out @param serverMs the server's when it came there */
  answered(askedAtMs: number, serverMs: number): void {
    const middleMs = (askedAtMs + this.#platform.nowMs()) / 2
    this.#offsets = [...this.#offsets.slice(1 - samples), serverMs - middleMs]
    const sorted = this.#offsets.toSorted((a, b) => a - b)
    this.#listener.offset(sorted[Math.floor(sorted.length / 2)] ?? 0)
  }

  /** Asks for a sign of life at once. */
  probe(): void {
    this.#ping()
    this.#expect(probeMs)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelSilence()
    this.#cancelBeat()
    this.#cancelLook()
  }

  #ping(): void {
    this.#pings += 1
    this.#listener.ping(this.#pings, this.#platform.nowMs())
  }

  #expect(withinMs: number): void {
    this.#cancelSilence()
    this.#cancelSilence = this.#platform.after(withinMs, () => this.#listener.dead())
  }

  /** A machine that slept, or whose clock was set, finds out by the time that went by: old samples say nothing then. */
  #look(beforeMs: number): void {
    this.#cancelLook = this.#platform.after(lookMs, () => {
      const nowMs = this.#platform.nowMs()
      if (Math.abs(nowMs - beforeMs - lookMs) > sleptMs) {
        this.#offsets = []
        this.probe()
      }
      this.#look(nowMs)
    })
  }
}

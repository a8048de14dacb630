import type { Clock } from '../world/clock.ts'
import type { Courier } from './courier.ts'

/** A call on its way to one address. */
export type Post = {
  /** Calls of one lane go one at a time and in order. */
  lane: string
  bytes: Buffer
  /** How many updates are in it. */
  updates: number
  /** Not before so many milliseconds from now. */
  delayMs?: number
  /** Where it goes and what it is signed with, asked anew for every try; undefined while nobody has said. */
  target(): { url: string; headers: Record<string, string> } | undefined
  onTry?: OnTry
}

/** Hears after every try whether it was answered 200. */
export type OnTry = (isTaken: boolean) => void

type Item = Post & { attempts: number; notBeforeMs: number; madeAtMs: number }
type Lane = { waiting: Item[]; isBusy: boolean; callOff: () => void }

/** How one try ended: its status, or nothing when there was no answer. */
export type Answer = { status: number | undefined; tookMs: number; updates: number }

type LanesSettings = {
  clock: Clock
  courier: Courier
  retryForMs(): number
  onAnswer(answer: Answer): void
}

const firstRetryMs = 250
const longestRetryMs = 30_000
const inFlightAtMost = 32

/** Calls wait here in line, each until it is answered 200 or nobody wants it any more. */
export class Lanes {
  readonly #settings: LanesSettings
  readonly #lanes = new Map<string, Lane>()
  readonly #inFlight = new Set<Promise<void>>()
  #ready: Lane[] = []
  #isClosed = false

  constructor(settings: LanesSettings) {
    this.#settings = settings
  }

  get counts(): { waiting: number; inFlight: number } {
    let waiting = 0
    for (const lane of this.#lanes.values()) waiting += lane.waiting.length
    return { waiting, inFlight: this.#inFlight.size }
  }

  put(post: Post): void {
    const nowMs = this.#settings.clock.nowMs()
    const lane = this.#laneOf(post.lane)
    const notBeforeMs = nowMs + (post.delayMs ?? 0)
    lane.waiting.push({ ...post, attempts: 0, notBeforeMs, madeAtMs: nowMs })
    this.#consider(lane)
  }

  /** Tries everything again at once: there is a new address, or the server is known to be back. */
  retryNow(): void {
    for (const lane of this.#lanes.values()) {
      lane.callOff()
      for (const item of lane.waiting) if (item.attempts > 0) item.notBeforeMs = 0
      this.#consider(lane)
    }
  }

  /** Waits until nothing is in flight, at most a second of real time: a server may hold an answer back. */
  async settled(): Promise<void> {
    const untilMs = Date.now() + 1000
    await new Promise(setImmediate) // what was just set going may be a few promises away from posting
    while (this.#inFlight.size > 0 && Date.now() < untilMs) {
      await Promise.race([...this.#inFlight, new Promise((resolve) => setTimeout(resolve, 50))])
    }
  }

  async close(): Promise<void> {
    for (const lane of this.#lanes.values()) lane.callOff()
    this.#isClosed = true
    this.#settings.courier.close()
    await Promise.all(this.#inFlight)
  }

  #laneOf(name: string): Lane {
    const known = this.#lanes.get(name)
    if (known) return known
    const lane: Lane = { waiting: [], isBusy: false, callOff: () => undefined }
    this.#lanes.set(name, lane)
    return lane
  }

  /** Sends the lane's first item if its time has come, else makes sure to look again then. */
  #consider(lane: Lane): void {
    const [item] = lane.waiting
    if (!item || lane.isBusy || this.#isClosed) return
    lane.callOff()
    const waitMs = item.notBeforeMs - this.#settings.clock.nowMs()
    if (waitMs > 0) {
      lane.callOff = this.#settings.clock.after(waitMs, () => this.#consider(lane))
      return
    }
    lane.isBusy = true
    this.#ready.push(lane)
    this.#startReady()
  }

  #startReady(): void {
    while (this.#inFlight.size < inFlightAtMost) {
      const lane = this.#ready.shift()
      const item = lane?.waiting[0]
      if (!lane || !item) return
      const attempt = this.#attempt(item).then((isTaken) => {
        this.#inFlight.delete(attempt)
        lane.isBusy = false
        this.#afterAttempt(lane, item, isTaken)
        this.#startReady()
      })
      this.#inFlight.add(attempt)
    }
  }

  #afterAttempt(lane: Lane, item: Item, isTaken: boolean): void {
    const nowMs = this.#settings.clock.nowMs()
    if (isTaken || nowMs - item.madeAtMs > this.#settings.retryForMs()) {
      lane.waiting.shift()
    } else {
      item.notBeforeMs = nowMs + Math.min(longestRetryMs, firstRetryMs * 2 ** item.attempts)
      item.attempts += 1
    }
    this.#consider(lane)
  }

  async #attempt(item: Item): Promise<boolean> {
    const target = item.target()
    if (target === undefined) return false
    const startedMs = performance.now()
    const status = await this.#settings.courier.post(target.url, item.bytes, target.headers)
    const tookMs = performance.now() - startedMs
    this.#settings.onAnswer({ status, tookMs, updates: item.updates })
    item.onTry?.(status === 200)
    return status === 200
  }
}

import type { Faults } from '../world/faults.ts'
import type { Clock } from '../world/clock.ts'
import { Courier } from './courier.ts'
import { bytesOf, signatureHeaders } from './sign.ts'

/** A webhook on its way. */
type Delivery = {
  /** Deliveries of one lane go one at a time and in order; a lane is a customer, or what is not about one. */
  lane: string
  /** `field/part/kind`, such as `messages/statuses/read`: what a fault can be limited to. */
  path: string
  /** Whose message webhook it is; it then follows that number's callback override. */
  numberId?: string
  body: unknown
}

type Item = {
  bytes: Buffer
  numberId: string | undefined
  attempts: number
  notBeforeMs: number
  madeAtMs: number
}
type Lane = { waiting: Item[]; held: Item | undefined; isBusy: boolean; callOff: () => void }

type OutboxSettings = {
  clock: Clock
  faults: Faults
  secret(): string
  /** Where webhooks go; undefined while nobody has said. */
  target(numberId: string | undefined): string | undefined
}

const firstRetryMs = 250
const longestRetryMs = 30_000
const giveUpMs = 7 * 86_400_000 // "for up to 7 days", the longer of Meta's two statements
const heldAtMostMs = 1000
const inFlightAtMost = 32

/** Brings webhooks to the firm's server, again and again until it answers 200. */
export class Outbox {
  readonly #settings: OutboxSettings
  readonly #lanes = new Map<string, Lane>()
  readonly #courier = new Courier()
  #isClosed = false
  readonly #inFlight = new Set<Promise<void>>()
  #ready: Lane[] = []
  #delivered = 0

  constructor(settings: OutboxSettings) {
    this.#settings = settings
  }

  get counts(): { waiting: number; inFlight: number; delivered: number } {
    let waiting = 0
    for (const lane of this.#lanes.values()) waiting += lane.waiting.length + (lane.held ? 1 : 0)
    return { waiting, inFlight: this.#inFlight.size, delivered: this.#delivered }
  }

  post(delivery: Delivery): void {
    const { faults, clock } = this.#settings
    if (delivery.path.includes('/statuses/') && faults.strike('drop-status', delivery.path)) return
    const delay = faults.strike('delay', delivery.path)
    const item: Item = {
      bytes: bytesOf(delivery.body),
      numberId: delivery.numberId,
      attempts: 0,
      notBeforeMs: clock.nowMs() + (delay ? (delay.delayMs ?? 2000) : 0),
      madeAtMs: clock.nowMs(),
    }
    const lane = this.#laneOf(delivery.lane)
    const items = faults.strike('duplicate', delivery.path) ? [item, { ...item }] : [item]
    if (!lane.held && faults.strike('reorder', delivery.path)) {
      lane.held = item
      clock.after(heldAtMostMs, () => this.#letGo(lane, item))
      return
    }
    lane.waiting.push(...items)
    if (lane.held) this.#letGo(lane, lane.held)
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
    this.#courier.close()
    await Promise.all(this.#inFlight)
  }

  #laneOf(name: string): Lane {
    const known = this.#lanes.get(name)
    if (known) return known
    const lane: Lane = { waiting: [], held: undefined, isBusy: false, callOff: () => undefined }
    this.#lanes.set(name, lane)
    return lane
  }

  #letGo(lane: Lane, item: Item): void {
    if (lane.held !== item) return
    lane.held = undefined
    lane.waiting.push(item)
    this.#consider(lane)
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
    if (isTaken) this.#delivered += 1
    if (isTaken || nowMs - item.madeAtMs > giveUpMs) {
      lane.waiting.shift()
    } else {
      item.notBeforeMs = nowMs + Math.min(longestRetryMs, firstRetryMs * 2 ** item.attempts)
      item.attempts += 1
    }
    this.#consider(lane)
  }

  async #attempt(item: Item): Promise<boolean> {
    const url = this.#settings.target(item.numberId)
    if (url === undefined) return false
    const status = await this.#courier.post(url, item.bytes, {
      'Content-Type': 'application/json',
      'User-Agent': 'facebookexternalua',
      ...signatureHeaders(item.bytes, this.#settings.secret()),
    })
    return status === 200
  }
}

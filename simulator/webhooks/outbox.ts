import type { Clock } from '../world/clock.ts'
import type { Faults } from '../world/faults.ts'
import type { Random } from '../world/random.ts'
import type { Batching, Settings } from '../world/settings.ts'
import { bodyOf, packed, type Change } from './batch.ts'
import { Courier } from './courier.ts'
import { Lanes, type Answer, type OnTry } from './lanes.ts'
import { bytesOf, signatureHeaders } from './sign.ts'

/** Something the firm's server is to hear of. */
type Update = {
  /** A customer, or what is not about one: what is on one lane comes in order. */
  lane: string
  /** `field/part/kind`, such as `messages/statuses/read`: what a fault can be limited to. */
  path: string
  /** Whose message webhook it is; it then follows that number's callback override. */
  numberId?: string
  onTry?: OnTry
} & ({ change: Change } | { body: unknown })

type Basket = { updates: ChangeUpdate[]; callOff: () => void }
type ChangeUpdate = Update & { change: Change }

type Call = {
  lane: string
  numberId: string | undefined
  bytes: Buffer
  updates: number
  delayMs: number
  /** Of the updates in it. */
  listeners: OnTry[]
}

type OutboxSettings = {
  clock: Clock
  faults: Faults
  random: Random
  settings: Settings
  secret(): string
  /** Where webhooks go; undefined while nobody has said. */
  target(numberId: string | undefined): string | undefined
}

const heldAtMostMs = 1000

/** Brings webhooks to the firm's server, misbehaving where it is told to, again and again until each is answered 200. */
export class Outbox {
  readonly #options: OutboxSettings
  readonly #lanes: Lanes
  /** What waits to be overtaken, by lane. */
  readonly #held = new Map<string, Update>()
  readonly #baskets = new Map<string, Basket>()
  readonly #listeners = new Set<(answer: Answer) => void>()
  #delivered = 0

  constructor(options: OutboxSettings) {
    this.#options = options
    this.#lanes = new Lanes({
      clock: options.clock,
      courier: new Courier(),
      retryForMs: () => options.settings.retryForMs,
      onAnswer: (answer) => this.#note(answer),
    })
  }

  /** Calls that wait, with what is not in a call yet; calls under way; calls answered 200. */
  get counts(): { waiting: number; inFlight: number; delivered: number } {
    let unpacked = this.#held.size
    for (const { updates } of this.#baskets.values()) unpacked += updates.length
    const { waiting, inFlight } = this.#lanes.counts
    return { waiting: waiting + unpacked, inFlight, delivered: this.#delivered }
  }

  post(update: Update): void {
    const { faults, clock } = this.#options
    const { path, lane } = update
    if (path.includes('/statuses/') && faults.strike('drop-status', path)) return
    const delay = faults.strike('delay', path)
    const delayMs = delay ? (delay.delayMs ?? 2000) : 0
    const times = faults.strike('duplicate', path) ? 2 : 1
    if (!this.#held.has(lane) && faults.strike('reorder', path)) {
      this.#held.set(lane, update)
      clock.after(heldAtMostMs, () => this.#letGo(update))
      return
    }
    if (delay?.isOvertaken) clock.after(delayMs, () => this.#pass(update, 0, times))
    else this.#pass(update, delayMs, times)
    const held = this.#held.get(lane)
    if (held) this.#letGo(held)
  }

  /** Tries everything again at once: there is a new address, or the server is known to be back. */
  retryNow(): void {
    this.#lanes.retryNow()
  }

  settled(): Promise<void> {
    return this.#lanes.settled()
  }

  /** @returns what ends the listening */
  onAnswer(listener: (answer: Answer) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): Promise<void> {
    return this.#lanes.close()
  }

  #letGo(update: Update): void {
    if (this.#held.get(update.lane) !== update) return
    this.#held.delete(update.lane)
    this.#pass(update, 0, 1)
  }

  #note(answer: Answer): void {
    if (answer.status === 200) this.#delivered += 1
    for (const listener of this.#listeners) listener(answer)
  }

  #pass(update: Update, delayMs: number, times: number): void {
    const { batching } = this.#options.settings
    if (batching && 'change' in update) {
      const gather = () => {
        for (let time = 0; time < times; time += 1) this.#gather(update, batching)
      }
      if (delayMs > 0) this.#options.clock.after(delayMs, gather)
      else gather()
      return
    }
    const body = 'change' in update ? bodyOf([update.change], this.#options.random) : update.body
    const bytes = bytesOf(body)
    for (let time = 0; time < times; time += 1) {
      const listeners = update.onTry ? [update.onTry] : []
      const { lane, numberId } = update
      this.#send({ lane, numberId, bytes, updates: 1, delayMs, listeners })
    }
  }

  #gather(update: ChangeUpdate, { atMost, withinMs, atOnce }: Batching): void {
    const name = `${update.numberId ?? 'account'} ${placeOf(update.lane) % atOnce}`
    const basket = this.#baskets.get(name) ?? { updates: [], callOff: () => undefined }
    if (!this.#baskets.has(name)) {
      this.#baskets.set(name, basket)
      basket.callOff = this.#options.clock.after(withinMs, () => this.#empty(name, basket))
    }
    basket.updates.push(update)
    if (basket.updates.length >= atMost) this.#empty(name, basket)
  }

  #empty(name: string, basket: Basket): void {
    basket.callOff()
    this.#baskets.delete(name)
    const changes = basket.updates.map(({ change }) => change)
    const numberId = basket.updates[0]?.numberId
    let sent = 0
    for (const call of packed(changes, this.#options.random)) {
      const told = basket.updates.slice(sent, sent + call.updates)
      const listeners = told.flatMap(({ onTry }) => onTry ?? [])
      this.#send({ lane: `batch ${name}`, numberId, delayMs: 0, listeners, ...call })
      sent += call.updates
    }
  }

  /** To the firm's server, and a copy to every other app that is subscribed. */
  #send({ numberId, listeners, ...call }: Call): void {
    const options = this.#options
    const toUs = () => signed(options.target(numberId), call.bytes, options.secret())
    const onTry = (isTaken: boolean) => listeners.forEach((one) => one(isTaken))
    this.#lanes.put({ ...call, target: toUs, onTry })
    options.settings.subscribers.forEach(({ url, appSecret }, index) => {
      const lane = `${call.lane} for subscriber ${index}`
      const signedCopy = () => signed(url, call.bytes, appSecret ?? options.secret())
      this.#lanes.put({ ...call, lane, target: signedCopy })
    })
  }
}

function signed(url: string | undefined, bytes: Buffer, secret: string) {
  if (url === undefined) return undefined
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'facebookexternalua',
    ...signatureHeaders(bytes, secret),
  }
  return { url, headers }
}

/** A number that is always the same for the same lane. */
function placeOf(lane: string): number {
  let place = 0
  for (let index = 0; index < lane.length; index += 1) {
    place = (Math.imul(place, 31) + lane.charCodeAt(index)) >>> 0
  }
  return place
}

import type { OwnNumber } from '../../../core/domain/people.ts'

type Speed = Pick<OwnNumber, 'throughput' | 'isOnBizApp'>

/** Messages a second that WhatsApp allows one number, in and out together. @see facts 6.3 */
const allowed = { usual: 80, high: 1000, onBizApp: 20 } as const
/** So much of it is used, because WhatsApp counts differently from us. */
const share = 0.8
/** Slowest that refusals make a number, as a share of its rate. */
const least = 0.02
const recoveryPerSecond = 0.05
/** The mean of what comes in goes back about so far. */
const memoryMs = 10_000
/** Calls that were under way together are refused together: that is one refusal. */
const halveAtMostEveryMs = 1000

/** Messages a second that we send through a number at most. */
export function paceOf({ throughput, isOnBizApp }: Speed): number {
  if (isOnBizApp === true) return allowed.onBizApp * share
  return (throughput === 'HIGH' ? allowed.high : allowed.usual) * share
}

/** How fast a number may go now: its pace less what comes in, halved by each refusal and slowly recovering. */
export class NumberRate {
  #factor = 1
  #factorAtMs: number
  #halvedAtMs = -Infinity
  #heardPerSecond = 0
  #heardAtMs: number

  constructor(nowMs: number) {
    this.#factorAtMs = nowMs
    this.#heardAtMs = nowMs
  }

  perSecond(number: Speed, nowMs: number): number {
    const pace = paceOf(number)
    return Math.max(pace * least, (pace - this.#heard(nowMs)) * this.#recovered(nowMs))
  }

  /** WhatsApp said that it was too much. */
  halve(nowMs: number): void {
    if (nowMs - this.#halvedAtMs < halveAtMostEveryMs) return
    this.#factor = Math.max(least, this.#recovered(nowMs) / 2)
    this.#halvedAtMs = nowMs
  }

  /** So many messages came in. */
  heard(count: number, nowMs: number): void {
    this.#heardPerSecond = this.#heard(nowMs) + (count * 1000) / memoryMs
  }

  #recovered(nowMs: number): number {
    const seconds = Math.max(0, nowMs - this.#factorAtMs) / 1000
    this.#factorAtMs = nowMs
    this.#factor = Math.min(1, this.#factor + seconds * recoveryPerSecond)
    return this.#factor
  }

  #heard(nowMs: number): number {
    this.#heardPerSecond *= Math.exp(-Math.max(0, nowMs - this.#heardAtMs) / memoryMs)
    this.#heardAtMs = nowMs
    return this.#heardPerSecond
  }
}

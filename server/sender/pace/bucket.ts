/** Tokens that come at a rate which may change, and are kept for a second at most. Time is passed in. */
export class Bucket {
  /** One at first: nobody knows what was sent before. */
  #tokens = 1
  #atMs: number

  constructor(nowMs: number) {
    this.#atMs = nowMs
  }

  /** When there is a whole token; `nowMs` when there is one now. */
  opensAtMs(nowMs: number, perSecond: number): number {
    const elapsedMs = Math.max(0, nowMs - this.#atMs)
    this.#atMs = nowMs
    const most = Math.max(1, perSecond)
    this.#tokens = Math.min(most, this.#tokens + (elapsedMs * perSecond) / 1000)
    return this.#tokens >= 1 ? nowMs : nowMs + Math.ceil(((1 - this.#tokens) * 1000) / perSecond)
  }

  take(): void {
    this.#tokens -= 1
  }
}

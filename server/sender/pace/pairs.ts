/** WhatsApp takes one message of a number to a contact every six seconds … @see facts 6.3 */
const everyMs = 6000
/** … and so many at once, which are then missing for a while. */
const burst = 45
/** After so many new pairs the ones that are square again are forgotten. */
const forgetEvery = 10_000

/**
 * One number's messages to one contact, as the generic cell rate algorithm has them: each message moves the time at
 * which the pair is square by six seconds, and none may leave that would move it too far ahead.
 */
export class Pairs {
  readonly #squareAtMs = new Map<string, number>()
  #fresh = 0

  /** When the next message may leave; `nowMs` when it may now. */
  opensAtMs(pair: string, nowMs: number): number {
    const squareAtMs = this.#squareAtMs.get(pair) ?? nowMs
    return Math.max(nowMs, squareAtMs - (burst - 1) * everyMs)
  }

  take(pair: string, nowMs: number): void {
    this.#set(pair, Math.max(nowMs, this.#squareAtMs.get(pair) ?? nowMs) + everyMs, nowMs)
  }

  /** WhatsApp said that it was too much for this pair. */
  closeUntil(pair: string, untilMs: number, nowMs: number): void {
    const squareAtMs = untilMs + (burst - 1) * everyMs
    this.#set(pair, Math.max(squareAtMs, this.#squareAtMs.get(pair) ?? nowMs), nowMs)
  }

  #set(pair: string, squareAtMs: number, nowMs: number): void {
    this.#squareAtMs.set(pair, squareAtMs)
    this.#fresh += 1
    if (this.#fresh < forgetEvery) return
    this.#fresh = 0
    for (const [each, atMs] of this.#squareAtMs) if (atMs <= nowMs) this.#squareAtMs.delete(each)
  }
}

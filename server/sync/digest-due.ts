import type { HeldWindow } from '../../core/protocol/digest.ts'
import { comparesDigests } from '../../core/protocol/version.ts'

/** Whether one console waits for digests, and what it wants in them. Times are of a clock that only goes forward. */
export class DigestDue {
  readonly #everyMs: number
  #windows: readonly HeldWindow[] = []
  #dueAtMs = 0
  #mayAnswer = false

  /** @param everyMs so long after digests were sent the next ones are due */
  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  /** It says hello: the first ones are due as soon as it follows. */
  begin(): void {
    this.#windows = []
    this.#dueAtMs = 0
  }

  /** It named conversations it wants compared next. */
  ask(windows: readonly HeldWindow[]): void {
    this.#windows = windows
  }

  /** The conversations to compare besides; null when nothing is due. */
  windows(proto: number, nowMs: number): readonly HeldWindow[] | null {
    return proto >= comparesDigests && nowMs >= this.#dueAtMs ? this.#windows : null
  }

  sent(nowMs: number): void {
    this.#windows = []
    this.#dueAtMs = nowMs + this.#everyMs
    this.#mayAnswer = true
  }

  /** @returns whether it was sent something it can be answering to */
  answer(): boolean {
    const isAnswer = this.#mayAnswer
    this.#mayAnswer = false
    return isAnswer
  }
}

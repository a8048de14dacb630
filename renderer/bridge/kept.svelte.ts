/**
 * The last answer to one question, kept fresh: asked when opened, asked again whenever `hear` says so. Answers may
 * overtake one another; only that to the last question counts.
 */
export class Kept<T> {
  value = $state.raw<T | null>(null)
  /** `failed`: the last question got no answer; `value` is what was known before. */
  phase = $state<'loading' | 'ready' | 'failed'>('loading')

  readonly #question: () => Promise<T>
  readonly #hear: (listener: () => void) => () => void
  readonly #onAnswer: (value: T) => void
  #asked = 0

  /**
   * @param hear calls back whenever the answer may have changed, until the function it returns is called
   * @param onAnswer hears each answer that counts
   */
  constructor(
    question: () => Promise<T>,
    hear: (listener: () => void) => () => void,
    onAnswer: (value: T) => void = () => undefined,
  ) {
    this.#question = question
    this.#hear = hear
    this.#onAnswer = onAnswer
  }

  /** Asks, and keeps asking until the returned function is called. */
  open(): () => void {
    void this.ask()
    const unhear = this.#hear(() => void this.ask())
    return () => {
      this.#asked += 1
      unhear()
    }
  }

  async ask(): Promise<void> {
    const asked = ++this.#asked
    try {
      const value = await this.#question()
      if (asked === this.#asked) this.put(value)
    } catch {
      if (asked === this.#asked) this.phase = 'failed'
    }
  }

  /** Takes an answer that came another way, such as with a deed. Answers still under way are ignored. */
  put(value: T): void {
    this.#asked += 1
    this.value = value
    this.phase = 'ready'
    this.#onAnswer(value)
  }
}

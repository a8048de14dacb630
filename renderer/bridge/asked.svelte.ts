/** One question to the server and its last answer. It is asked when the screen is opened, and when somebody wants it again. */
export class Asked<T> {
  value = $state.raw<T | null>(null)
  /** What stopped the last question; `value` is then what was known before. */
  error = $state.raw<unknown>(null)
  isAsking = $state(false)

  readonly #question: () => Promise<T>
  #asked = 0

  constructor(question: () => Promise<T>) {
    this.#question = question
  }

  /** Answers may overtake one another; only that to the last question counts. */
  async ask(): Promise<void> {
    const asked = ++this.#asked
    this.isAsking = true
    try {
      const value = await this.#question()
      if (asked === this.#asked) this.put(value)
    } catch (error) {
      if (asked !== this.#asked) return
      this.error = error
      this.isAsking = false
    }
  }

  /** Takes an answer that came with a deed. */
  put(value: T): void {
    this.#asked += 1
    this.value = value
    this.error = null
    this.isAsking = false
  }
}

/** Work that is done one after the other, in the order it was asked for. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.then(
      () => undefined,
      () => undefined,
    )
    return mine
  }

  /** Resolves when what was asked for so far has come to its end. */
  idle(): Promise<void> {
    return this.#last
  }
}

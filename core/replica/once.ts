/** Lets nothing be done twice at once: whoever asks for it meanwhile gets what comes of the first. */
export class Once {
  readonly #underWay = new Map<string, Promise<unknown>>()

  /** @param what names what is done; the same name has the same kind of answer */
  run<T>(what: string, work: () => Promise<T>): Promise<T> {
    const first = this.#underWay.get(what) as Promise<T> | undefined // as the name says
    if (first !== undefined) return first
    const mine = work().finally(() => this.#underWay.delete(what))
    this.#underWay.set(what, mine)
    return mine
  }
}

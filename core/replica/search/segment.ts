import type { Need } from './query.ts'
import { TermTable } from './term-table.ts'

/** Rows of one segment: few enough to look through while it is open, and to seal within a few milliseconds. */
export const segmentSize = 1024

const gone = 0
const here = 1

/** Some rows: open while they are added, then sealed. A changed row leaves its place and is added anew. */
export class Segment {
  readonly ids: string[] = []
  readonly #atS = new Uint32Array(segmentSize)
  readonly #prints = new Int32Array(segmentSize)
  readonly #states = new Uint8Array(segmentSize)
  #open: (readonly string[])[] = []
  #table: TermTable | null = null

  get isFull(): boolean {
    return this.ids.length === segmentSize
  }

  /** @param print tells whether what it is found by has changed */
  add(id: string, atMs: number, print: number, terms: Iterable<string>): number {
    const place = this.ids.push(id) - 1
    this.#prints[place] = print
    this.#states[place] = here
    this.setTime(place, atMs)
    this.#open.push([...terms])
    if (this.isFull) {
      this.#table = new TermTable(this.#open)
      this.#open = []
    }
    return place
  }

  remove(place: number): void {
    this.#states[place] = gone
    if (this.#table === null) this.#open[place] = []
  }

  print(place: number): number {
    return this.#prints[place] ?? 0
  }

  setTime(place: number, atMs: number): void {
    this.#atS[place] = Math.max(0, Math.floor(atMs / 1000))
  }

  atS(place: number): number {
    return this.#atS[place] ?? 0
  }

  /** Marks in `found` (one byte for each place, empty before) the rows that have every need, and answers how many. */
  mark(needs: readonly Need[], found: Uint8Array): number {
    found.set(this.#states)
    needs.forEach(({ beginnings }, step) => {
      const before = step + here
      for (const beginning of beginnings) {
        const places = this.#beginningWith(beginning)
        for (let at = 0; at < places.length; at += 1) {
          const place = places[at] ?? 0
          if (found[place] === before) found[place] = before + 1
        }
      }
    })
    const all = needs.length + here
    let count = 0
    for (let place = 0; place < this.ids.length; place += 1) {
      const isFound = found[place] === all
      found[place] = Number(isFound)
      count += Number(isFound)
    }
    return count
  }

  #beginningWith(beginning: string): ArrayLike<number> {
    if (this.#table !== null) return this.#table.beginningWith(beginning)
    const places: number[] = []
    this.#open.forEach((terms, place) => {
      if (terms.some((term) => term.startsWith(beginning))) places.push(place)
    })
    return places
  }
}

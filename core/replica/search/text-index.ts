import type { Need, Query } from './query.ts'
import { Segment, segmentSize } from './segment.ts'
import { termsOf } from './terms.ts'

/** A row that was found. `isWhole`: a number in it is the one looked for, not only a part of it. */
export type Found = { id: string; isWhole: boolean }
type Ranked = Found & { rank: number }

/** More than any time in seconds: puts a whole number before everything newer. */
const wholeBonus = 2 ** 32

/** Texts by what their words begin with and by fragments of their numbers; each text has an id and a time. */
export class TextIndex {
  #segments: Segment[] = [new Segment()]
  readonly #places = new Map<string, number>()
  readonly #found = new Uint8Array(segmentSize)
  readonly #whole = new Uint8Array(segmentSize)
  readonly #either = new Uint8Array(segmentSize)

  get size(): number {
    return this.#places.size
  }

  /** Places of rows that left are never used again: past some, building anew is the better thing. */
  get isWorn(): boolean {
    const places = (this.#segments.length - 1) * segmentSize + this.#last.ids.length
    return places > 2 * this.size + segmentSize
  }

  /** Adds the text, or puts it in the place of the one with this id. An empty text is found by nothing. */
  put(id: string, text: string, atMs: number): void {
    const print = printOf(text)
    const known = this.#placeOf(id)
    if (known !== undefined && known.segment.print(known.place) === print) {
      known.segment.setTime(known.place, atMs)
      return
    }
    this.remove(id)
    if (this.#last.isFull) this.#segments.push(new Segment())
    const place = this.#last.add(id, atMs, print, termsOf(text))
    this.#places.set(id, (this.#segments.length - 1) * segmentSize + place)
  }

  remove(id: string): void {
    const known = this.#placeOf(id)
    if (known === undefined) return
    known.segment.remove(known.place)
    this.#places.delete(id)
  }

  clear(): void {
    this.#segments = [new Segment()]
    this.#places.clear()
  }

  /** How many texts answer the query, and the best of them: whole numbers first, then the newest. */
  find(query: Query, most: number): { total: number; best: Found[] } {
    const best: Ranked[] = []
    let total = 0
    for (const segment of this.#segments.toReversed()) {
      const count = this.#mark(segment, query)
      total += count
      for (let place = segment.ids.length - 1, left = count; left > 0; place -= 1) {
        if (this.#either[place] === 0) continue
        left -= 1
        this.#rank(segment, place, best, most)
      }
    }
    return { total, best }
  }

  /** Notes in `#either` what answers one of the readings, and in `#whole` what has a whole number of it. */
  #mark(segment: Segment, { readings }: Query): number {
    this.#either.fill(0)
    this.#whole.fill(0)
    let total = 0
    for (const needs of readings) {
      const isHit = segment.mark(needs, this.#found) > 0
      if (!isHit) continue
      for (let place = 0; place < segment.ids.length; place += 1) {
        if (this.#found[place] === 0 || this.#either[place] === 1) continue
        this.#either[place] = 1
        total += 1
      }
      const wholes = needs.map(wholeNeed)
      if (!needs.some(({ whole }) => whole !== null) || segment.mark(wholes, this.#found) === 0)
        continue
      for (let place = 0; place < segment.ids.length; place += 1) {
        if (this.#found[place] === 1) this.#whole[place] = 1
      }
    }
    return total
  }

  #rank(segment: Segment, place: number, best: Ranked[], most: number): void {
    const isWhole = this.#whole[place] === 1
    const rank = segment.atS(place) + (isWhole ? wholeBonus : 0)
    if (best.length === most && rank <= (best[most - 1]?.rank ?? 0)) return
    const before = best.findLastIndex((other) => other.rank >= rank)
    best.splice(before + 1, 0, { id: segment.ids[place] ?? '', isWhole, rank })
    if (best.length > most) best.pop()
  }

  get #last(): Segment {
    return this.#segments[this.#segments.length - 1] ?? new Segment() // there is always one
  }

  #placeOf(id: string): { segment: Segment; place: number } | undefined {
    const at = this.#places.get(id)
    const segment = at === undefined ? undefined : this.#segments[Math.floor(at / segmentSize)]
    if (at === undefined || segment === undefined) return undefined
    return { segment, place: at % segmentSize }
  }
}

function wholeNeed({ beginnings, whole }: Need): Need {
  return { beginnings: whole === null ? beginnings : [whole], whole }
}

/** 32 bits that differ when the texts do (FNV-1a over UTF-16 units). */
function printOf(text: string): number {
  let print = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  }
  return print | 0
}

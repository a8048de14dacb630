import type { Marked } from '../../contract/views.ts'
import { fold, foldSpelt } from '../../lib/fold.ts'
import type { Query } from './query.ts'
import { figuresIn, spellings, wordsIn } from './terms.ts'

type Range = [from: number, to: number]

/** Shown of a text at most, and how much of it before the first thing found. */
const longestSnippet = 160
const leadIn = 40

/** The text with the places that answer the query, in order and apart. */
export function markIn(text: string, query: Query): Marked {
  const beginnings = [
    ...new Set(query.readings.flatMap((needs) => needs.flatMap(({ beginnings: these }) => these))),
  ]
  const words = beginnings.filter((term) => !term.startsWith('#'))
  const numbers = beginnings.filter((term) => term.startsWith('#')).map((term) => term.slice(1))
  return { text, marks: merge([...wordRanges(text, words), ...numberRanges(text, numbers)]) }
}

/** The piece of a text around the first thing found, on one line. */
export function snippetOf({ text, marks }: Marked): Marked {
  const line = text.replace(/\s/g, ' ')
  const first = marks[0]?.[0] ?? 0
  const from = first <= leadIn ? 0 : wordStart(line, first - leadIn, first)
  const to = wholeEnd(line, from + longestSnippet)
  const before = from > 0 ? '…' : ''
  const shift = from - before.length
  return {
    text: `${before}${line.slice(from, to)}${to < line.length ? '…' : ''}`,
    marks: marks
      .filter(([start]) => start < to)
      .map(([start, end]): Range => [start - shift, Math.min(end, to) - shift]),
  }
}

function wordRanges(text: string, beginnings: readonly string[]): Range[] {
  if (beginnings.length === 0) return []
  const ranges: Range[] = []
  for (const word of wordsIn(text)) {
    const terms = spellings(word.text)
    const hits = beginnings.filter((beginning) => terms.some((term) => term.startsWith(beginning)))
    const ends = hits.map((beginning) => word.at + cut(word.text, beginning))
    if (ends.length > 0) ranges.push([word.at, Math.max(...ends)])
  }
  return ranges
}

function numberRanges(text: string, numbers: readonly string[]): Range[] {
  if (numbers.length === 0) return []
  const ranges: Range[] = []
  for (const { digits, places } of figuresIn(text)) {
    for (const number of numbers) {
      for (let at = digits.indexOf(number); at >= 0; at = digits.indexOf(number, at + 1)) {
        ranges.push([places[at] ?? 0, (places[at + number.length - 1] ?? 0) + 1])
      }
    }
  }
  return ranges
}

/** How much of a word its beginning takes up, marks that belong to its last letter included. */
function cut(word: string, beginning: string): number {
  const isSpelt = !fold(word).startsWith(beginning)
  let length = 0
  for (const letter of word.match(/\P{M}?\p{M}*/gu) ?? []) {
    length += letter.length
    const folded = isSpelt ? foldSpelt(word.slice(0, length)) : fold(word.slice(0, length))
    if (folded.length >= beginning.length) break
  }
  return length
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged[merged.length - 1]
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** Where the first word after `from` begins, or `from` when there is none before `limit`. */
function wordStart(line: string, from: number, limit: number): number {
  const space = line.indexOf(' ', from)
  return space >= 0 && space < limit ? space + 1 : wholeEnd(line, from)
}

/** The place itself, or one before it when it would part a surrogate pair. */
function wholeEnd(line: string, at: number): number {
  if (at >= line.length) return line.length
  const code = line.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

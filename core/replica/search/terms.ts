import { fold, foldSpelt } from '../../lib/fold.ts'

/** More of one word than this tells no two words apart. */
const longestWord = 64
/** Shorter numbers are words like any other. */
export const shortestNumber = 3
/** What is looked for of a number at most; an IBAN's digits are 22. */
export const longestNumber = 24
/** Digits of one text whose fragments can be found: enough for a page of order numbers, and a bound for nonsense. */
const mostDigits = 256

/** A word where it stands. */
export type Word = { text: string; at: number }
/** Digits that belong together whatever stands between them, `4711-0183` or `+49 40 300`, and where each stands. */
export type Figure = { digits: string; places: number[]; parts: string[] }

export function* wordsIn(text: string): Generator<Word> {
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    yield { text: match[0], at: match.index }
  }
}

export function* figuresIn(text: string): Generator<Figure> {
  for (const { 0: run, index } of text.matchAll(/\d+(?:[ \u00a0\u202f\-–./()]{1,3}\d+)*/g)) {
    const places: number[] = []
    for (let at = 0; at < run.length; at += 1) if (isDigit(run, at)) places.push(index + at)
    yield { digits: onlyDigits(run), places, parts: run.split(/[ \u00a0\u202f]+/).map(onlyDigits) }
  }
}

/** The ways a word is looked for: without its marks, and with its umlauts written out where it has any. */
export function spellings(word: string): string[] {
  const plain = fold(word).slice(0, longestWord)
  const written = foldSpelt(word).slice(0, longestWord)
  return [plain, written].filter((term, at, all) => term !== '' && all.indexOf(term) === at)
}

/** Begins every term under which a fragment of a number is kept. No word begins like it. */
export function fragmentTerm(digits: string): string {
  return `#${digits.slice(0, longestNumber)}`
}

/** The term of a whole number. Ends like no other, so that it is the beginning of itself alone. */
export function wholeTerm(digits: string): string {
  return `=${digits.slice(0, longestNumber)};`
}

/** Everything a text is found by, each once: its words, and every fragment of its numbers. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>()
  for (const word of wordsIn(text)) for (const term of spellings(word.text)) terms.add(term)
  let room = mostDigits
  for (const { digits, parts } of figuresIn(text)) {
    for (const whole of [digits, ...parts]) {
      if (whole.length >= shortestNumber) terms.add(wholeTerm(whole))
    }
    for (let at = 0; at + shortestNumber <= digits.length && room > 0; at += 1, room -= 1) {
      terms.add(fragmentTerm(digits.slice(at)))
    }
    if (room <= 0) break
  }
  return terms
}

export function onlyDigits(text: string): string {
  return text.replace(/\D/g, '')
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

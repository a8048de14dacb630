import { fragmentTerm, onlyDigits, shortestNumber, spellings, wholeTerm, wordsIn } from './terms.ts'

/** One thing that must be there: a term that begins like one of these. `whole` is the term of exactly this number. */
export type Need = { beginnings: readonly string[]; whole: string | null }

/** What a person looks for: all needs of one of these readings. `4711 0183` may be one number or two. */
export type Query = { readings: readonly (readonly Need[])[] }

const isNumberLike = /^[+\-–./()\d]*\d[+\-–./()\d]*$/

/**
 * @param isForPeople phones are kept with their country: a number typed as at home (`040 …`) or dialled (`0049 …`)
 * is looked for without what it begins with
 */
export function parseQuery(text: string, isForPeople = false): Query {
  const chunks = text.split(/\s+/).filter((chunk) => chunk !== '')
  const apart = chunks.flatMap((chunk) => needsOf(chunk, isForPeople))
  const joined = joinNumbers(chunks).flatMap((chunk) => needsOf(chunk, isForPeople))
  const readings = joined.length === apart.length ? [apart] : [joined, apart]
  return { readings: readings.filter((needs) => needs.length > 0) }
}

/** Numbers that follow one another as one, as phones are written. */
function joinNumbers(chunks: readonly string[]): string[] {
  const joined: string[] = []
  let isAfterNumber = false
  for (const chunk of chunks) {
    const isNumber = isNumberLike.test(chunk)
    if (isNumber && isAfterNumber) joined.push(`${joined.pop()}${chunk}`)
    else joined.push(chunk)
    isAfterNumber = isNumber
  }
  return joined
}

function needsOf(chunk: string, isForPeople: boolean): Need[] {
  const digits = onlyDigits(chunk)
  if (isNumberLike.test(chunk) && digits.length >= shortestNumber) {
    return [numberNeed(digits, isForPeople)]
  }
  const needs: Need[] = []
  for (const { text } of wordsIn(chunk)) {
    const isNumber = /^\d+$/.test(text) && text.length >= shortestNumber
    const beginnings = spellings(text)
    if (isNumber) needs.push(numberNeed(text, false))
    else if (beginnings.length > 0) needs.push({ beginnings, whole: null })
  }
  return needs
}

function numberNeed(digits: string, isForPeople: boolean): Need {
  const beginnings = [fragmentTerm(digits)]
  const abroad = digits.replace(/^00?/, '')
  if (isForPeople && abroad !== digits && abroad.length > shortestNumber) {
    beginnings.push(fragmentTerm(abroad))
  }
  return { beginnings, whole: wholeTerm(digits) }
}

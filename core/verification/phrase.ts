import type { Phrase, PhraseValue } from '../domain/phrase.ts'
import { hasText, type PhraseKey } from '../text/say.ts'

export function phrase(key: PhraseKey, values?: Record<string, PhraseValue>): Phrase {
  return values === undefined ? { key } : { key, values }
}

/** The text for a word of WhatsApp's, such as a reason; the word itself where there is none. */
export function worded(key: string, word: string): Phrase {
  return hasText(key) ? { key } : { raw: word }
}

/** Several in one, as one reads them out. */
export function listed(phrases: readonly Phrase[]): Phrase {
  const [first = { raw: '' }, ...others] = phrases
  return others.reduce<Phrase>((all, one) => phrase('verification.and', { all, one }), first)
}

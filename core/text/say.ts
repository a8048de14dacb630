import type { Phrase, PhraseValue } from '../domain/phrase.ts'
import { remedies as remediesDe } from './de/remedies.ts'
import { verification as verificationDe } from './de/verification.ts'
import { remedies as remediesEn } from './en/remedies.ts'
import { verification as verificationEn } from './en/verification.ts'

type German = { verification: typeof verificationDe; remedies: typeof remediesDe }
type Keys = {
  [A in keyof German]: `${A}.${Extract<keyof German[A], string>}`
}[keyof German]

/** A text a phrase may name, without the ending of a plural form. */
export type PhraseKey = Keys extends infer K
  ? K extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : K
  : never

const texts: Record<'de' | 'en', Record<string, Record<string, string>>> = {
  de: { verification: verificationDe, remedies: remediesDe },
  en: { verification: verificationEn, remedies: remediesEn },
}

export type Speaking = { language: 'de' | 'en'; timeZone?: string }

/** The 24-hour clock and the day before the month, in English too. */
const locales = { de: 'de-DE', en: 'en-GB' } as const

/** Says a phrase, numbers and times written as the language writes them. A text nobody knows is shown by its key. */
export function say(phrase: Phrase, speaking: Speaking): string {
  if ('raw' in phrase) return phrase.raw
  const { key, values = {} } = phrase
  const text = textFor(key, values.count, speaking.language)
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : sayValue(value, speaking)
  })
}

/** Whether there is a text of that key: words of WhatsApp's that nobody knows have none. */
export function hasText(key: string): key is PhraseKey {
  const [area = '', name = ''] = key.split('.')
  return Object.hasOwn(texts.de[area] ?? {}, name)
}

function textFor(key: string, count: unknown, language: 'de' | 'en'): string {
  const [area = '', name = ''] = key.split('.')
  const known = texts[language][area] ?? {}
  const form = typeof count === 'number' ? new Intl.PluralRules(language).select(count) : ''
  return known[`${name}_${form}`] ?? known[name] ?? key
}

function sayValue(value: PhraseValue, speaking: Speaking): string {
  const { language, timeZone } = speaking
  if (typeof value === 'string') return value
  if (typeof value === 'number') return new Intl.NumberFormat(locales[language]).format(value)
  const zone = timeZone === undefined ? {} : { timeZone }
  if ('atMs' in value) {
    const form = { dateStyle: 'short', timeStyle: 'short', ...zone } as const
    return new Intl.DateTimeFormat(locales[language], form).format(value.atMs)
  }
  if ('dayMs' in value) {
    return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', ...zone }).format(
      value.dayMs,
    )
  }
  return say(value, speaking)
}

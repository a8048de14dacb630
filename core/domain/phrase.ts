/** A value in a phrase: `atMs` is shown as day and time, `dayMs` as a day. */
export type PhraseValue = string | number | { atMs: number } | { dayMs: number } | Phrase

/**
 * Something to say, before anybody knows in which language: a text's key with its values, or what WhatsApp said as it
 * came. core/text/say.ts says it.
 */
export type Phrase = { key: string; values?: Record<string, PhraseValue> } | { raw: string }

import type { Phrase } from '../../core/domain/phrase.ts'
import { say } from '../../core/text/say.ts'
import { language } from '../ui/i18n.svelte.ts'

/** The phrase in the language in use; what shows it follows a change of language. */
export function said(phrase: Phrase): string {
  return say(phrase, { language: language() })
}

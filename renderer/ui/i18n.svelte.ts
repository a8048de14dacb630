import { createInstance } from 'i18next'
import { catalogue, type TextArguments, type TextKey } from '../../core/text/catalogue.ts'

/** What the console is read in. */
export type Language = keyof typeof catalogue

const i18n = createInstance()
void i18n.init({
  resources: { de: { translation: catalogue.de }, en: { translation: catalogue.en } },
  lng: 'de',
  fallbackLng: 'de',
  initAsync: false,
  interpolation: { escapeValue: false }, // Svelte writes text, never markup
})
/** Texts that came with something fetched later. What shows them has to come after. */
export function addTexts(texts: Record<Language, Record<string, Record<string, string>>>): void {
  for (const [name, areas] of Object.entries(texts))
    i18n.addResourceBundle(name, 'translation', areas, true)
}

const fixed = { de: i18n.getFixedT('de'), en: i18n.getFixedT('en') }

let current = $state<Language>('de')

/** The language in use. Reading it in a template or `$derived` follows its changes. */
export function language(): Language {
  return current
}

export function setLanguage(next: Language): void {
  current = next
  document.documentElement.lang = next
}

/** The text for `key` in the language in use; what shows it follows a change of language. */
export function t<K extends TextKey>(key: K, ...[values]: TextArguments<K>): string {
  return fixed[current](key, values ?? {})
}

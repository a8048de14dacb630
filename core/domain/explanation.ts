import Type, { type Static } from 'typebox'

export const ExplanationLanguage = Type.Enum(['de', 'en'])
export type ExplanationLanguage = Static<typeof ExplanationLanguage>

/** What a contact may be told who asks whether it is really us. */
export const Explanation = Type.Object({
  /** Ready to be sent: the values are in it. */
  text: Type.String(),
  /** With its placeholders, as an administrator edits it. */
  template: Type.String(),
  /** Whether the firm wrote it; else it came with Kontor. */
  isOwn: Type.Boolean(),
})
export type Explanation = Static<typeof Explanation>

/** Facts that can be checked. A missing one takes the whole line that names it with it. */
export type ExplanationFacts = {
  /** Display name, as WhatsApp approved it. */
  name?: string | undefined
  number?: string | undefined
  /** The firm's own page, on which a contact can look the number up. */
  website?: string | undefined
  /** Opens a chat with the number and nobody else. */
  link?: string | undefined
  /** What the badge is called; missing while there is none. */
  badge?: string | undefined
}

export const placeholders = ['name', 'number', 'website', 'link', 'badge'] as const

/** The texts that come with Kontor. */
export const explanations: Record<ExplanationLanguage, string> = {
  de: [
    'Ja, Sie schreiben wirklich mit uns. So lässt es sich prüfen:',
    '• Unser Name bei WhatsApp ist „{{name}}“.',
    '• Unser Konto trägt {{badge}} von WhatsApp.',
    '• Unsere Nummer ist {{number}}.',
    '• Die Nummer steht auch auf unserer Seite: {{website}}',
    '• Dieser Link führt immer zu diesem Chat: {{link}}',
    'Nach Passwörtern oder Prüfcodes fragen wir hier nie.',
  ].join('\n'),
  en: [
    'Yes, this really is us. Here is how to check:',
    '• Our name on WhatsApp is “{{name}}”.',
    '• Our account carries {{badge}} from WhatsApp.',
    '• Our number is {{number}}.',
    '• You will find the number on our website too: {{website}}',
    '• This link always leads to this chat: {{link}}',
    'We never ask for passwords or verification codes here.',
  ].join('\n'),
}

export const badges: Record<ExplanationLanguage, string> = {
  de: 'das blaue Häkchen',
  en: 'the blue tick',
}

/** The placeholders of a text that mean nothing. */
export function unknownPlaceholders(template: string): string[] {
  const named = [...template.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name)
  return named.filter((name) => !(placeholders as readonly string[]).includes(name))
}

/** The text with its facts in it, without the lines whose facts are missing. */
export function explain(template: string, facts: ExplanationFacts): string {
  return template
    .split('\n')
    .flatMap((line) => {
      let isWhole = true
      const filled = line.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_whole, name: string) => {
        const value = facts[name as keyof ExplanationFacts] // an unknown name finds nothing
        if (value === undefined) isWhole = false
        return value ?? ''
      })
      return isWhole ? [filled] : []
    })
    .join('\n')
}

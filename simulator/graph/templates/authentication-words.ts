/** What an authentication template says, by language; `#` stands for minutes. */
export type Words = { body: string; advice: string; footer: string; copy: string; autofill: string }

const words: Record<string, Words | undefined> = {
  en: {
    body: 'Your verification code is *{{1}}*.',
    advice: 'Never pass this code on to anyone.',
    footer: 'This code is valid for # minutes.',
    copy: 'Copy code',
    autofill: 'Autofill',
  },
  de: {
    body: 'Ihr Bestätigungscode lautet *{{1}}*.',
    advice: 'Geben Sie diesen Code niemals weiter.',
    footer: 'Dieser Code gilt # Minuten.',
    copy: 'Code kopieren',
    autofill: 'Automatisch ausfüllen',
  },
  fr: {
    body: 'Votre code de vérification est *{{1}}*.',
    advice: 'Ne communiquez ce code à personne.',
    footer: 'Ce code est valable # minutes.',
    copy: 'Copier le code',
    autofill: 'Remplir automatiquement',
  },
  es: {
    body: 'Su código de verificación es *{{1}}*.',
    advice: 'No comparta este código con nadie.',
    footer: 'Este código es válido durante # minutos.',
    copy: 'Copiar código',
    autofill: 'Autocompletar',
  },
  it: {
    body: 'Il tuo codice di verifica è *{{1}}*.',
    advice: 'Non comunicare questo codice a nessuno.',
    footer: 'Questo codice è valido per # minuti.',
    copy: 'Copia codice',
    autofill: 'Compila automaticamente',
  },
  nl: {
    body: 'Uw verificatiecode is *{{1}}*.',
    advice: 'Deel deze code met niemand.',
    footer: 'Deze code is # minuten geldig.',
    copy: 'Code kopiëren',
    autofill: 'Automatisch invullen',
  },
  pl: {
    body: 'Twój kod weryfikacyjny to *{{1}}*.',
    advice: 'Nie podawaj tego kodu nikomu.',
    footer: 'Kod jest ważny przez # min.',
    copy: 'Kopiuj kod',
    autofill: 'Uzupełnij automatycznie',
  },
}

export const authenticationLanguages = Object.keys(words)

/** Regional forms share the words of their language. */
export function wordsIn(language: string): Words | undefined {
  return words[language.split('_')[0] ?? '']
}

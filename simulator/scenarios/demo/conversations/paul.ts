import type { Conversation } from '../script.ts'

/** Writes for the first time: which ring is it? */
export const paul: Conversation = {
  person: {
    name: 'Paul Novotny',
    phone: '+49 176 04069064',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'Dann nehme ich zehn Stück vom großen.',
      'Ja, an die Adresse aus meinem Profil. Danke!',
    ],
  },
  with: 'parts',
  past: [],
  today: [],
  live: [
    [
      {
        they: 'Hallo, welcher von den beiden ist Ihr Dichtring 30-0451? Gemessen habe ich 34 und 26 mm.',
        photo: 'seal',
      },
    ],
    [{ they: 'Er sitzt am Ansaugstutzen der VP 400.' }],
    [{ they: 'Gibt es den auch in Viton? Bei uns läuft viel Öl durch.' }],
  ],
}

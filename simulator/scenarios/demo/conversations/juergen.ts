import type { Conversation } from '../script.ts'

/** An invoice found, and a thumb for it. */
export const juergen: Conversation = {
  person: {
    name: 'Jürgen Fischer',
    phone: '+49 171 3920055',
    locale: 'de_DE',
    reads: true,
    repliesWith: ['Perfekt, vielen Dank.', 'Danke, ist angekommen und bezahlt.'],
  },
  with: 'service',
  past: [
    {
      day: 10,
      at: '09:02',
      they: 'Guten Morgen, die Wartung gestern war tadellos. Wann kommt die Rechnung?',
    },
    {
      day: 10,
      at: '09:30',
      we: 'Guten Morgen Herr Fischer, das freut uns! Die Rechnung geht Ende der Woche per Post hinaus.',
    },
    {
      day: 3,
      at: '16:11',
      they: 'Die Rechnung ist bis heute nicht da. Mein Steuerberater braucht sie noch in diesem Monat.',
    },
    {
      day: 3,
      at: '16:48',
      we: 'Das tut uns leid, Herr Fischer. Ich kläre das mit der Buchhaltung und melde mich.',
    },
  ],
  today: [
    { minutesAgo: 128, they: 'Guten Tag, gibt es schon etwas Neues von meiner Rechnung?' },
    {
      minutesAgo: 96,
      we: 'Die Rechnung finden Sie hier. Sie war an Ihre alte Anschrift gegangen.',
      pdf: 'invoice',
      id: 'invoice',
    },
    { minutesAgo: 90, they: '👍', reactsTo: 'invoice' },
  ],
  live: [
    [{ they: 'Eine Bitte noch: Künftige Rechnungen gern gleich an die neue Anschrift.' }],
    [{ they: 'Mein Steuerberater braucht sie auch noch mit Leistungsdatum. Steht das irgendwo?' }],
  ],
}

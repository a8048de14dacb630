import type { Conversation } from '../script.ts'

/** Days ago: only a template reaches him now. */
export const hinrich: Conversation = {
  person: {
    name: 'Hinrich Petersen',
    phone: '+49 171 3920077',
    locale: 'de_DE',
    reads: true,
    repliesWith: [
      {
        type: 'button',
        button: { payload: 'Bitte schicken', text: 'Bitte schicken' },
        context: {},
      },
      'Jo, genau. Auf den Hof, wie immer.',
      'Danke!',
    ],
    pace: 'slow',
  },
  with: 'parts',
  past: [
    {
      day: 5,
      at: '06:48',
      they: 'Moin. Brauch für die Melkanlage einen neuen Ölabscheider. Hier das Typenschild.',
    },
    { day: 5, at: '06:49', they: '', photo: 'typePlate' },
    {
      day: 5,
      at: '08:15',
      we: 'Moin Herr Petersen, das ist der 17-0092. Den müssen wir bestellen, kommt in etwa fünf Tagen. Sollen wir?',
    },
    { day: 5, at: '12:02', they: 'Ja, macht mal. Eilt nicht, der alte hält noch ein paar Tage.' },
    { day: 5, at: '12:20', we: 'Ist bestellt. Wir melden uns, sobald er hier ist.' },
  ],
  today: [
    { minutesAgo: 190, we: 'Moin Herr Petersen, der Ölabscheider ist eben bei uns angekommen.' },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Moin, der alte Abscheider fängt jetzt doch an zu schwitzen. Wie weit seid ihr?',
      },
    ],
  ],
}

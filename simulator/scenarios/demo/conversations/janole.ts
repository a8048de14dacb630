import type { Conversation } from '../script.ts'

/** Writes for the first time: a tank for the cellar. */
export const janole: Conversation = {
  person: {
    name: 'Jan-Ole Carstens',
    phone: '+49 176 04069060',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      '65 Zentimeter passen durch die Tür. Was kostet der?',
      'Das ist in Ordnung. Bitte schicken Sie mir ein Angebot.',
    ],
  },
  with: 'service',
  past: [],
  today: [],
  live: [
    [
      {
        they: 'Moin, ich baue gerade um und suche einen Speicher mit 300 Litern. Haben Sie so etwas im Programm?',
      },
      { they: 'Die Maße sind wichtig, unsere Kellertür ist nur 78 cm breit.' },
    ],
    [{ they: 'Höhe ist kein Problem, da haben wir 2,10 m.' }],
    [{ they: 'Und gibt es den auch mit Solarwärmetauscher?' }],
  ],
}

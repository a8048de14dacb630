import type { Conversation } from '../script.ts'

/** Charged twice, and says so aloud. */
export const ingrid: Conversation = {
  person: {
    name: 'Ingrid Sommerfeld',
    phone: '+49 171 3920002',
    locale: 'de_DE',
    reads: true,
    pace: 'slow',
    repliesWith: [
      'Ja, bitte auf dasselbe Konto.',
      'Danke, dass es so schnell ging. Dann ist es für mich erledigt.',
    ],
  },
  with: 'service',
  past: [
    {
      day: 7,
      at: '10:32',
      they: 'Guten Tag, ich habe den Filtersatz für 89 € bestellt. Kann ich per Lastschrift zahlen?',
    },
    {
      day: 7,
      at: '10:51',
      we: 'Guten Tag Frau Sommerfeld, gern. Wir buchen den Betrag mit dem Versand ab.',
    },
    { day: 7, at: '10:58', they: 'Wunderbar, dann machen wir das so.' },
  ],
  today: [
    { minutesAgo: 46, they: '', voice: 21 },
    {
      minutesAgo: 45,
      they: 'Kurz zusammengefasst: Die 89 € sind zweimal abgebucht worden, im Abstand von zwei Tagen.',
    },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Den Kontoauszug kann ich Ihnen bei Bedarf auch fotografieren.',
      },
    ],
    [{ they: 'Noch eine Frage: Bekomme ich dafür eine Gutschrift auf Papier?' }],
    [
      {
        unlessAnswered: true,
        they: 'Meine Bank hat eben bestätigt, dass beide Beträge abgegangen sind.',
      },
    ],
  ],
}

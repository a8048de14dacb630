import type { Conversation } from '../script.ts'

/** Said yes with a button; takes a reaction back. */
export const chiara: Conversation = {
  person: {
    name: 'Chiara Bianchi',
    username: 'chiara.b',
    phone: '+49 176 04069038',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: ['Alles bestens, danke!'],
  },
  with: 'service',
  past: [
    { day: 6, at: '14:02', they: 'Hallo, kann die Lieferung auch nach 17 Uhr kommen?' },
    {
      day: 2,
      at: '09:15',
      we: 'Guten Morgen Frau Bianchi, Ihre Lieferung kommt am Donnerstag zwischen 17 und 19 Uhr. Passt das?',
      id: 'window',
    },
  ],
  today: [
    { minutesAgo: 136, they: 'Ja, passt', picks: { from: 'buttons' }, quotes: 'window' },
    {
      minutesAgo: 135,
      they: 'Falls ich im Stau stehe, bitte bei Frau Conti im zweiten Stock klingeln.',
    },
    {
      minutesAgo: 124,
      we: 'Ist notiert, vielen Dank. Der Fahrer bekommt den Hinweis auf sein Gerät.',
      id: 'noted',
    },
    { minutesAgo: 123, they: '😅', reactsTo: 'noted' },
    { minutesAgo: 121, they: '', reactsTo: 'noted' },
  ],
  live: [[{ they: 'Der Fahrer war gerade da, alles in bester Ordnung. Und so freundlich!' }]],
}

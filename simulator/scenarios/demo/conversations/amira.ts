import type { Conversation } from '../script.ts'

/** Picks another delivery day from a list. */
export const amira: Conversation = {
  person: {
    name: 'Amira Haddad',
    phone: '+49 176 04069031',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: ['Nachmittags, bitte.', { type: 'reaction', reaction: { emoji: '🙏' } }],
  },
  with: 'service',
  past: [
    {
      day: 5,
      at: '18:04',
      they: 'Hallo, ich habe zwei Tauchpumpen bestellt. Wann kommen die ungefähr?',
    },
    {
      day: 4,
      at: '08:21',
      we: 'Guten Morgen Frau Haddad, voraussichtlich am Dienstag. Wenn Sie etwas ändern möchten, wählen Sie es hier einfach aus.',
      id: 'menu',
    },
  ],
  today: [
    {
      minutesAgo: 26,
      they: 'Liefertermin ändern',
      picks: { from: 'list', more: 'Ein anderer Tag oder ein anderes Zeitfenster' },
      quotes: 'menu',
    },
    { minutesAgo: 25, they: 'Donnerstag wäre besser, da habe ich frei.' },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Zur Not geht auch Samstag, wenn Sie da ausliefern.' }],
    [{ they: 'Ach ja, die Klingel ist kaputt. Bitte kurz anrufen, dann komme ich herunter.' }],
  ],
}

import type { Conversation } from '../script.ts'

/** A workshop that lets us listen. */
export const lindner: Conversation = {
  person: {
    name: 'Werkstatt Lindner',
    phone: '+49 176 04069035',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'Gut 4.200 Stunden, noch mit dem ersten Lager.',
      'Ja, und gleich zwei Liter Öl dazu.',
      { type: 'sticker', sticker: {} },
    ],
  },
  with: 'parts',
  past: [
    {
      day: 10,
      at: '07:20',
      they: 'Moin, der Keilriemen 13-0077 ist angekommen und schon drauf. Läuft.',
    },
    { day: 10, at: '07:21', they: '', sticker: 'wrench' },
    { day: 10, at: '07:45', we: 'Moin, so soll es sein. Viel Erfolg damit!' },
  ],
  today: [
    { minutesAgo: 7, they: '', sound: 9 },
    { minutesAgo: 6, they: 'So hört sich der Kompressor im Leerlauf an. Ist das noch normal?' },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Unter Last wird es lauter, im Video hört man es leider schlecht.',
        film: 'knock',
      },
    ],
    [{ they: 'Der Kunde braucht ihn übermorgen zurück. Schaffen wir das?' }],
  ],
}

import type { Conversation } from '../script.ts'

/** Everything arrived. */
export const elke: Conversation = {
  person: {
    name: 'Elke Böhme',
    phone: '+49 171 3920061',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: ['Danke gleichfalls!'],
  },
  with: 'service',
  past: [
    {
      day: 3,
      at: '13:40',
      they: 'Guten Tag, darf der Bote das Paket vor der Tür abstellen? Wir sind tagsüber nicht da.',
    },
    { day: 3, at: '13:55', we: 'Guten Tag Frau Böhme, das haben wir so vermerkt.' },
  ],
  today: [
    {
      minutesAgo: 175,
      they: 'Das Paket stand eben trocken vor der Tür, alles heil. Vielen Dank!',
      photo: 'doorstep',
      id: 'arrived',
    },
    {
      minutesAgo: 166,
      we: 'Das freut uns, Frau Böhme. Viel Freude mit der neuen Pumpe!',
      quotes: 'arrived',
      id: 'wish',
    },
    { minutesAgo: 165, they: '❤️', reactsTo: 'wish' },
  ],
  live: [
    [
      {
        they: 'Guten Tag, nun habe ich doch noch eine Frage: Muss das Kabel der Pumpe unter die Erde?',
      },
    ],
  ],
}

import type { Conversation } from '../script.ts'

/** A delivery that belongs on a building site. */
export const emre: Conversation = {
  person: {
    name: 'Emre Kılıç',
    phone: '+49 176 04069011',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'Es ist noch zwei Stunden jemand da, danach steht das Tor offen.',
      'Super, danke euch.',
      { type: 'reaction', reaction: { emoji: '🙏' } },
    ],
  },
  with: 'service',
  past: [
    {
      day: 4,
      at: '16:02',
      they: 'Guten Tag, die zwei Pufferspeicher brauchen wir Anfang der Woche. Klappt das?',
    },
    {
      day: 4,
      at: '16:20',
      we: 'Guten Tag Herr Kılıç, ja, die Lieferung ist eingeplant. Der Fahrer ruft eine halbe Stunde vorher an.',
    },
  ],
  today: [
    {
      minutesAgo: 33,
      they: 'Guten Tag, die Lieferung heute bitte nicht ins Büro, sondern auf die Baustelle.',
    },
    {
      minutesAgo: 32,
      they: '',
      place: {
        latitude: 53.44871,
        longitude: 10.21305,
        name: 'Baustelle Haus am Speicher',
        address: 'Speicherstieg 3, 21999 Neuhaven',
      },
    },
    { minutesAgo: 31, they: 'Der Polier heißt Herr Matthes.' },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Kurze Rückfrage: Hat der Fahrer schon angerufen? Herr Matthes hat nichts gehört.',
      },
    ],
    [{ unlessAnswered: true, they: 'Ah, gerade kam der Anruf. Alles gut.' }],
    [{ they: 'Für nächste Woche bräuchten wir noch einen dritten Speicher, gleiche Größe.' }],
  ],
}

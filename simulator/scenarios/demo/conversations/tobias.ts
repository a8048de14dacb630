import type { Conversation } from '../script.ts'

/** Speaks for eight households. */
export const tobias: Conversation = {
  person: {
    name: 'Tobias Ahrens',
    phone: '+49 176 04069015',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Der Hof ist etwa 9 mal 14 Meter, die Schlafzimmer gehen nach hinten.',
      'Das klingt gut. Können Sie uns bis zur nächsten Versammlung ein Angebot machen?',
      'Vielen Dank, das hilft uns weiter.',
    ],
  },
  with: 'service',
  past: [
    {
      saturday: 1,
      at: '18:20',
      they: 'Guten Abend, planen Sie auch Anlagen für ganze Häuser? Wir sind acht Parteien.',
    },
  ],
  today: [
    {
      minutesAgo: 83,
      they: 'Moin, ich hatte am Wochenende schon geschrieben. Inzwischen hat die Hausgemeinschaft abgestimmt:',
    },
    {
      minutesAgo: 82,
      they: 'Liebe Nachbarn, bitte stimmt bis Freitag ab: eigene Wärmepumpe im Hof oder Anschluss an das Nahwärmenetz? Viele Grüße, die Hausverwaltung',
      isForwarded: true,
    },
    { minutesAgo: 81, they: '', isPoll: true },
    {
      minutesAgo: 80,
      they: 'Die meisten sind für die Wärmepumpe. Was brauchen Sie von uns für ein Angebot?',
    },
  ],
  live: [
    [{ they: 'Die Heizlastberechnung vom letzten Jahr hätte ich auch noch.' }],
    [{ they: 'Die Verwaltung fragt, ob Sie zur Versammlung jemanden schicken könnten.' }],
    [
      {
        they: 'Zwei Nachbarn fragen, ob man die Anlage auch mit der Solaranlage auf dem Dach verbinden kann.',
      },
    ],
  ],
}

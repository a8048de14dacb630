import type { Conversation } from '../script.ts'

/** A workshop that needs the right part, quickly. */
export const mehmet: Conversation = {
  person: {
    name: 'Mehmet Öztürk',
    phone: '+49 176 04069022',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'Baujahr 2011, steht auf dem Kessel. Typ K 300/2.',
      'Ja bitte, per Express. Rechnung wie immer an die Werkstatt.',
      'Alles klar, danke!',
    ],
  },
  with: 'parts',
  past: [
    {
      day: 6,
      at: '08:12',
      they: 'Moin, ich brauche für einen K 300 den Dichtungssatz am Zylinderkopf. Habt ihr den da?',
    },
    {
      day: 6,
      at: '08:25',
      we: 'Moin Herr Öztürk, der Satz 30-1187 ist lieferbar, 48,60 € netto. Soll er heute noch weg?',
    },
    { day: 6, at: '08:26', they: 'Ja bitte.' },
    { day: 6, at: '08:33', we: 'Ist unterwegs, die Sendungsnummer kommt per E-Mail.' },
    { day: 4, at: '11:50', we: 'Ihr Paket wurde eben bei Ihnen in der Werkstatt abgegeben.' },
    { day: 4, at: '11:58', they: 'Hab ihn, danke.' },
  ],
  today: [
    {
      minutesAgo: 9,
      they: 'Moin. Das Ersatzteil passt leider nicht. Die Bohrungen sitzen 4 mm weiter außen.',
    },
    {
      minutesAgo: 8,
      they: 'Ich habe den Kompressor offen auf der Bühne stehen, der Kunde wartet. Gibt es vom K 300 zwei Ausführungen?',
    },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Der Kunde hat eben noch einmal angerufen. Heute eine Antwort wäre wichtig.',
      },
    ],
    [
      {
        they: 'Noch was anderes: Habt ihr den Luftfilter 22-0416 auch da? Dann bitte zwei mit dazu.',
      },
    ],
  ],
}

import type { Conversation } from '../script.ts'

/** A parcel that went missing; its papers; hopeful. */
export const doerte: Conversation = {
  person: {
    name: 'Dörte Müller-Lüdenscheidt',
    phone: '+49 171 3920011',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Wunderbar, dann bin ich zu Hause.',
      'Vielen Dank, so einen Service lobe ich mir!',
    ],
  },
  with: 'service',
  past: [
    {
      day: 9,
      at: '10:04',
      they: 'Guten Tag, führen Sie die Umwälzpumpe NU 25-60 noch? Unsere alte brummt nur noch.',
    },
    {
      day: 9,
      at: '10:19',
      we: 'Guten Tag Frau Müller-Lüdenscheidt, ja, die NU 25-60 liegt in Hamburg am Lager: 129,90 € inklusive Versand.',
    },
    {
      day: 9,
      at: '10:31',
      they: 'Prima, die habe ich gerade bei Ihnen im Netz bestellt. Bestellnummer 4711-0183.',
    },
    { day: 9, at: '10:40', we: 'Danke, die Bestellung ist da. Das Paket geht morgen früh hinaus.' },
    {
      day: 2,
      at: '17:42',
      they: 'Guten Tag, meine Bestellung 4711-0183 sollte gestern kommen. In der Sendungsverfolgung steht seit drei Tagen nichts Neues.',
    },
    { day: 2, at: '17:42', they: 'Können Sie bitte nachsehen?' },
    {
      day: 2,
      at: '17:45',
      we: 'Guten Tag Frau Müller-Lüdenscheidt, ich sehe das gerade nach. Stimmt die Lieferadresse „Große Bleichen 12“ noch?',
      id: 'address',
    },
  ],
  today: [
    {
      minutesAgo: 74,
      they: 'Ja, die stimmt. Anbei die Bestätigung von damals.',
      quotes: 'address',
    },
    { minutesAgo: 74, they: '', pdf: 'orderConfirmation' },
    { minutesAgo: 61, we: 'Danke! Das Paket lag im Depot Altona, es wird heute noch zugestellt.' },
    { minutesAgo: 22, they: 'Das ist ja schön. Wissen Sie ungefähr, um wie viel Uhr?' },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Ich frage nur, weil ich nachher noch zum Arzt muss.' }],
    [
      {
        unlessAnswered: true,
        they: 'Notfalls nimmt auch Frau Petersen im Erdgeschoss das Paket an.',
      },
    ],
    [{ they: 'Die Nachbarin sagt, gestern war schon ein Zettel vom Paketdienst im Hausflur.' }],
  ],
}

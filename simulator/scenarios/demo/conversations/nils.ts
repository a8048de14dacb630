import type { Conversation } from '../script.ts'

/** A farmer with a standing order. */
export const nils: Conversation = {
  person: {
    name: 'Nils Jansen',
    phone: '+49 176 04069040',
    locale: 'de_DE',
    reads: false,
    pace: 'slow',
    repliesWith: ['Läuft. Rechnung wie immer, danke.'],
  },
  with: 'parts',
  past: [
    {
      saturday: 2,
      at: '07:40',
      they: 'Moin, zwei Kanister Öl VP 5 l und einen Ölabscheider 17-0092, bitte.',
    },
    { day: 9, at: '07:58', we: 'Moin Herr Jansen, geht heute raus.' },
    { day: 7, at: '13:15', we: '', pdf: 'deliveryNote' },
    { day: 7, at: '13:16', we: 'Hier der unterschriebene Lieferschein für Ihre Unterlagen.' },
    { day: 7, at: '19:02', they: '👍' },
  ],
  today: [
    {
      minutesAgo: 238,
      we: 'Moin Herr Jansen, die neue Preisliste für die Öle finden Sie unter https://nordwerk.example/teile/oele.',
    },
  ],
  live: [
    [
      { they: 'Moin, wir bräuchten noch mal zwei Kanister VP 5 l und einen Satz Schieber.' },
      { they: 'Kann das bis Freitag hier sein?' },
    ],
    [{ they: 'Und falls da: eine Dose Dichtmittel, die blaue.' }],
  ],
}

import type { Conversation } from '../script.ts'

/** Orders from the catalogue. */
export const yusuf: Conversation = {
  person: {
    name: 'Yusuf Arslan',
    phone: '+49 176 04069007',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: ['Zusammen reicht. Hauptsache, am Donnerstag ist alles da.', 'Passt, danke.'],
  },
  with: 'parts',
  past: [
    { day: 6, at: '07:35', they: 'Moin, kann ich bei euch auch direkt aus dem Katalog bestellen?' },
    {
      day: 6,
      at: '07:52',
      we: 'Moin Herr Arslan, ja: Artikel antippen, in den Warenkorb legen und hier abschicken.',
    },
    { day: 6, at: '07:53', they: '👌' },
  ],
  today: [
    {
      minutesAgo: 67,
      they: 'Bitte an die Werkstatt, nicht ins Büro.',
      order: [
        { name: 'Dichtring 30-0451', quantity: 4, price: 3.9 },
        { name: 'Ölabscheider 17-0092', quantity: 1, price: 86.5 },
        { name: 'Vakuumpumpenöl VP 5 l', quantity: 2, price: 41.2 },
      ],
    },
    { minutesAgo: 66, they: 'Ist alles da, oder fehlt etwas?' },
  ],
  live: [
    [{ they: 'Und bitte noch vier Hohlschrauben M12 dazu, die standen nicht im Katalog.' }],
    [{ they: 'Kann ich die Rechnung diesmal mit 30 Tagen Ziel bekommen?' }],
  ],
}

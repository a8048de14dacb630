import type { Conversation } from '../script.ts'

/** Saw an advertisement, and asks for advice. */
export const sabine: Conversation = {
  person: {
    name: 'Sabine Vogelsang',
    phone: '+49 171 3920026',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Die Fenster sind von 2008, das Dach ist gedämmt. Die Heizkörper sind noch die alten.',
      'Ein Termin vor Ort wäre gut, am liebsten an einem Donnerstag.',
      'Prima, dann freue ich mich auf Ihren Besuch.',
    ],
  },
  with: 'service',
  past: [],
  today: [
    {
      minutesAgo: 14,
      they: 'Guten Tag, ich habe Ihre Anzeige gesehen. Eignet sich die NH 12 auch für ein Haus von 1962?',
      ad: {
        headline: 'Wärmepumpe im Altbau? Ja, das geht.',
        body: 'Kostenlose Ersteinschätzung in 20 Minuten, direkt über WhatsApp.',
        url: 'https://nordwerk.example/aktion/altbau',
      },
    },
    { minutesAgo: 13, they: 'Wir haben 140 m² und heizen noch mit Öl.' },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Der Tank ist fast leer, deshalb wollen wir uns jetzt entscheiden.',
      },
    ],
    [{ they: 'Wie laut ist so ein Gerät eigentlich? Unsere Nachbarn sind da etwas empfindlich.' }],
    [{ they: 'Und gibt es dafür noch Fördergeld?' }],
    [
      {
        they: 'So sieht es im Heizungskeller aus, falls Sie sich den Platz ansehen möchten.',
        photo: 'pump',
      },
    ],
  ],
}

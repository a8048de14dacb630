import type { Conversation } from '../script.ts'

/** Writes for the first time: recommended by her sister. */
export const beatrix: Conversation = {
  person: {
    name: 'Beatrix Sauer',
    phone: '+49 171 3920070',
    locale: 'de_DE',
    reads: true,
    pace: 'slow',
    repliesWith: [
      'Es ist eine Luft-Wasser-Wärmepumpe von 2017, die Firma gibt es nicht mehr.',
      'Das wäre wunderbar. Vormittags bin ich immer zu Hause.',
    ],
  },
  with: 'service',
  past: [],
  today: [],
  live: [
    [
      {
        they: 'Guten Tag, meine Schwester hat Sie empfohlen. Warten Sie auch Anlagen anderer Hersteller?',
      },
    ],
    [
      {
        they: 'Im Frühjahr ist der Kältemittelkreis schon einmal geprüft worden, falls das eine Rolle spielt.',
      },
    ],
    [{ they: 'Was würde die Anfahrt nach Westerholm kosten?' }],
  ],
}

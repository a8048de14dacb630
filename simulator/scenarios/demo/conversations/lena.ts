import type { Conversation } from '../script.ts'

/** Known by her username alone: no phone number ever shows. */
export const lena: Conversation = {
  person: {
    name: 'Lena',
    username: 'lena.hh',
    locale: 'de_DE',
    reads: false,
    repliesWith: [
      'Ach so. Die Pumpe haben wir vom Vorbesitzer übernommen, die Rechnung müsste noch im Ordner sein.',
      'Perfekt, ich suche sie heute Abend heraus und schicke ein Foto.',
    ],
  },
  with: 'service',
  past: [],
  today: [
    {
      minutesAgo: 52,
      they: 'Hallo, gilt die Garantie auch für das Zubehör, oder nur für die Pumpe selbst?',
    },
    { minutesAgo: 51, they: 'Bei uns ist nämlich nur der Druckschalter hinüber.' },
  ],
  live: [
    [{ they: 'Es ist die Nummer 24-0110, wenn ich das richtig lese.' }],
    [{ they: 'Kann ich den eigentlich selbst tauschen?' }],
    [
      {
        unlessAnswered: true,
        they: 'Ich war gerade noch einmal im Keller. Beim Drücken auf den Schalter passiert gar nichts.',
      },
    ],
  ],
}

import type { Conversation } from '../script.ts'

/** Called first, then wrote. */
export const karlheinz: Conversation = {
  person: {
    name: 'Karl-Heinz Opitz',
    phone: '+49 171 3920041',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Jetzt steht da „Start in 3 Min.“.',
      'Sie läuft! Das Wasser wird schon lauwarm.',
      'Mache ich. Danke für die schnelle Hilfe.',
    ],
  },
  with: 'service',
  past: [
    { day: 7, at: '16:41', they: 'Guten Tag, was kostet eine Wartung für die NH 18?' },
    {
      day: 7,
      at: '16:55',
      we: 'Guten Tag Herr Opitz, 180 € netto, Anfahrt inklusive. Sollen wir Ihnen einen Termin vorschlagen?',
    },
    { day: 6, at: '09:03', they: 'Ich spreche mit meiner Frau und melde mich.' },
  ],
  today: [
    { minutesAgo: 19, they: '', calls: 22 },
    {
      minutesAgo: 18,
      they: 'Guten Tag, ich habe gerade versucht anzurufen. Die Anlage zeigt das hier, und das Wasser wird nicht mehr warm.',
      photo: 'display',
    },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Die Sicherung ist übrigens drin, das habe ich schon geprüft.',
      },
    ],
    [
      {
        unlessAnswered: true,
        they: 'Eine Frage noch: Darf meine Frau währenddessen die Waschmaschine laufen lassen?',
      },
    ],
  ],
}

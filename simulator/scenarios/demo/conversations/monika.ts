import type { Conversation } from '../script.ts'

/** Would like to pay in parts. */
export const monika: Conversation = {
  person: {
    name: 'Monika Zielinski',
    phone: '+49 171 3920058',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Ja, das wäre eine große Hilfe.',
      'Habe ich gerade gemacht. Vielen Dank für Ihr Entgegenkommen.',
    ],
  },
  with: 'service',
  past: [
    { day: 9, at: '14:00', they: 'Guten Tag, der neue Regler läuft. Wann kommt die Rechnung?' },
    {
      day: 9,
      at: '14:22',
      we: 'Guten Tag Frau Zielinski, sie ist gestern per Post hinausgegangen.',
    },
  ],
  today: [
    {
      minutesAgo: 154,
      they: 'Guten Tag, die Rechnung ist da. Kann ich sie in drei Raten zahlen? Die Nummer ist RE-2026-11902.',
    },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Zum Monatsanfang wäre es mir am liebsten.' }],
    [{ they: 'Und muss ich für die Raten etwas unterschreiben?' }],
  ],
}

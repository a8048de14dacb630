import type { Conversation } from '../script.ts'

/** Water under the heat pump, and it drips. */
export const claudia: Conversation = {
  person: {
    name: 'Claudia Reiß',
    phone: '+49 176 04069003',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'Hahn ist zu. Es tropft noch, aber viel langsamer.',
      'Ja, ich bin zu Hause. Vielen Dank!',
      { type: 'reaction', reaction: { emoji: '👍' } },
    ],
  },
  with: 'service',
  past: [
    {
      day: 10,
      at: '15:20',
      they: 'Guten Tag, wir haben seit einem Jahr eine NH 12 von Ihnen. Wann muss die das erste Mal gewartet werden?',
    },
    {
      day: 10,
      at: '15:44',
      we: 'Guten Tag Frau Reiß, nach zwölf Monaten. Wir melden uns rechtzeitig mit einem Terminvorschlag.',
    },
  ],
  today: [
    {
      minutesAgo: 24,
      they: 'Guten Tag, unter der Wärmepumpe steht Wasser. Es tropft etwa einmal in der Sekunde.',
      photo: 'leak',
    },
    { minutesAgo: 23, they: 'Im Video sieht man es besser.', film: 'drip' },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Ich habe jetzt einen Eimer darunter gestellt.' }],
    [{ unlessAnswered: true, they: 'Muss ich eigentlich auch den Strom abschalten?' }],
    [{ they: 'Mein Mann fragt, ob wir das der Versicherung melden sollen.' }],
  ],
}

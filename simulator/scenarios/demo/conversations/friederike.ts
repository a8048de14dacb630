import type { Conversation } from '../script.ts'

/** Filled in the form for her maintenance. */
export const friederike: Conversation = {
  person: {
    name: 'Dr. Friederike von Alten',
    phone: '+49 171 3920044',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: ['Mittwoch um 9 Uhr ist mir recht.', 'Verbindlichen Dank.'],
  },
  with: 'service',
  past: [
    { day: 3, at: '17:25', they: 'Guten Abend, bitte um einen Termin für die jährliche Wartung.' },
    {
      day: 2,
      at: '08:09',
      we: 'Guten Morgen Frau Dr. von Alten, gern. Am schnellsten geht es über unser Formular, das wir Ihnen gleich schicken.',
    },
  ],
  today: [
    {
      minutesAgo: 105,
      they: '',
      form: {
        Anlage: 'NH 12, Baujahr 2021',
        'Gewünschter Tag': 'Dienstag oder Mittwoch',
        Uhrzeit: 'vormittags',
        Anmerkung: 'Bitte am Hintereingang klingeln.',
      },
    },
    { minutesAgo: 104, they: 'Ich habe das Formular ausgefüllt. Reicht das so?' },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Sollte es Dienstag werden, dann bitte erst ab 10 Uhr.' }],
    [{ they: 'Und noch eine Frage: Wird die Software bei der Wartung mit aktualisiert?' }],
  ],
}

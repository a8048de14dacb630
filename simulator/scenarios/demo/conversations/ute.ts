import type { Conversation } from '../script.ts'

/** Corrects herself. */
export const ute: Conversation = {
  person: {
    name: 'Ute Brandes',
    phone: '+49 171 3920030',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Ausgeschaltet. Am Druckschalter hört man vorher ein leises Klicken.',
      'Morgen um 8 passt sehr gut.',
      'Vielen Dank!',
    ],
  },
  with: 'service',
  past: [
    {
      day: 8,
      at: '09:48',
      they: 'Guten Tag, wir haben die Hauswasserpumpe HW 3 von Ihnen. Gibt es dafür noch Druckschalter?',
    },
    { day: 8, at: '10:15', we: 'Guten Tag Frau Brandes, ja, Artikel 24-0110 für 39,50 €.' },
  ],
  today: [
    {
      minutesAgo: 55,
      they: 'Unsere Pumpe läuft seit gestern Abend ununterbrochen, auch wenn kein Hahn offen ist.',
    },
    { minutesAgo: 54, they: 'Kann ich sie bis Montag so lassen?', id: 'question' },
    {
      minutesAgo: 53,
      they: 'Kann ich sie bis morgen so lassen, oder soll ich sie ausschalten?',
      changes: 'question',
    },
    { minutesAgo: 52, they: 'Der Techniker erreicht mich unter 0171 3920031.', id: 'number' },
    { minutesAgo: 51, they: '', takesBack: 'number' },
    {
      minutesAgo: 50,
      they: 'Entschuldigung, das war die alte Nummer. Bitte unter dieser hier melden.',
    },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Sie ist inzwischen ziemlich warm geworden.' }],
    [{ they: 'Der Techniker kann durch den Garten kommen, das Tor ist offen.' }],
    [
      {
        unlessAnswered: true,
        they: 'Nachbarn haben das gleiche Modell, da läuft alles. An der Wasserleitung liegt es also nicht.',
      },
    ],
  ],
}

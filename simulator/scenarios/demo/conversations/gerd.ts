import type { Conversation } from '../script.ts'

/** Hands his appointment to the caretaker. */
export const gerd: Conversation = {
  person: {
    name: 'Gerd Thiessen',
    phone: '+49 171 3920021',
    locale: 'de_DE',
    reads: true,
    pace: 'slow',
    repliesWith: [
      'Er hat alle Schlüssel. Er soll mir nur kurz schreiben, wenn der Termin steht.',
      'Danke, bis dann.',
    ],
  },
  with: 'service',
  past: [
    {
      day: 9,
      at: '17:10',
      they: 'Guten Tag, unsere Anlage im Mehrfamilienhaus ist zur Wartung dran. Wann wäre etwas frei?',
    },
    {
      day: 8,
      at: '08:12',
      we: 'Guten Tag Herr Thiessen, nächste Woche am Dienstag oder Donnerstag, jeweils ab 8 Uhr.',
    },
    { day: 8, at: '18:30', they: 'Ich kläre das mit den Mietern und melde mich.' },
  ],
  today: [
    {
      minutesAgo: 58,
      they: 'Guten Tag, ich bin nächste Woche verreist. Bitte machen Sie den Termin mit unserem Hausmeister aus.',
    },
    {
      minutesAgo: 57,
      they: '',
      card: {
        name: 'Uwe Harms',
        company: 'Hausmeisterdienst Harms',
        phone: '+49 171 3920095',
        email: 'buero@harms-hausmeister.example',
      },
    },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Herr Harms sagt, Donnerstag wäre ihm lieber.' }],
    [{ they: 'Er lässt fragen, wie lange das Warmwasser abgestellt wird.' }],
  ],
}

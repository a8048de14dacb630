import type { Conversation } from '../script.ts'

/** Confirmed an appointment with a button, and was pleased. */
export const hannelore: Conversation = {
  person: {
    name: 'Hannelore Wiechmann',
    phone: '+49 171 3920014',
    locale: 'de_DE',
    reads: true,
    pace: 'slow',
    repliesWith: ['Sehr gern. Ich empfehle Sie auf jeden Fall weiter.'],
  },
  with: 'service',
  past: [
    {
      day: 5,
      at: '09:00',
      we: 'Guten Tag Frau Wiechmann, wir erinnern an Ihren Termin am Mittwoch um 10 Uhr. Bitte sorgen Sie dafür, dass unser Techniker an die Anlage kommt.',
      id: 'reminder',
      template: {
        name: 'termin_erinnerung',
        language: 'de',
        values: ['Frau Wiechmann', 'Mittwoch', '10'],
      },
    },
    {
      day: 5,
      at: '11:26',
      they: 'Termin bestätigen',
      picks: { from: 'template' },
      quotes: 'reminder',
    },
    { day: 5, at: '11:31', we: 'Vielen Dank, dann bis Mittwoch!' },
    {
      day: 3,
      at: '12:04',
      they: 'Ihr Techniker war pünktlich und sehr freundlich. Er hat sogar den Keller gefegt.',
    },
    { day: 3, at: '12:05', they: '', sticker: 'thanks' },
    {
      day: 3,
      at: '12:40',
      we: 'Das geben wir gern weiter. Danke, dass Sie sich die Zeit genommen haben.',
    },
  ],
  today: [
    {
      minutesAgo: 221,
      we: 'Guten Tag Frau Wiechmann, der Wartungsbericht liegt jetzt in Ihrem Kundenkonto.',
    },
  ],
  live: [
    [
      {
        they: 'Guten Tag, könnten Sie mir den Wartungsbericht noch einmal schicken? Mein Sohn hat ihn wohl verlegt.',
      },
    ],
  ],
}

import type { Conversation } from '../script.ts'

/** Wants no more advertising. */
export const nadine: Conversation = {
  person: {
    name: 'Nadine Feldmann',
    phone: '+49 176 04069027',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: ['Gut, danke. Alles andere darf gern weiter hier laufen.'],
  },
  with: 'service',
  past: [
    {
      day: 4,
      at: '10:00',
      we: 'Guten Tag Frau Feldmann, bis Ende November gibt es die Heizungswartung bei uns 15 Prozent günstiger. Antworten Sie mit „Wartung“, und wir schlagen Ihnen einen Termin vor.',
      template: { name: 'herbstaktion', language: 'de', values: ['Frau Feldmann'] },
    },
    { day: 4, at: '10:47', they: 'Unsere Wartung war doch erst vor acht Wochen.' },
    { day: 4, at: '11:20', we: 'Da haben Sie recht, Frau Feldmann. Sie müssen nichts weiter tun.' },
  ],
  today: [
    { minutesAgo: 131, they: '', stopsMarketing: true },
    {
      minutesAgo: 130,
      they: 'Bitte schicken Sie mir keine Werbung mehr. Fragen zu meiner Rechnung dürfen Sie natürlich weiterhin stellen.',
    },
    {
      minutesAgo: 122,
      we: 'Das ist eingetragen. Sie bekommen von uns nur noch Nachrichten zu Ihren Aufträgen.',
    },
  ],
  live: [
    [
      {
        they: 'Guten Tag, könnten Sie mir die letzte Rechnung bitte noch einmal als PDF schicken?',
      },
    ],
  ],
}

import type { Conversation } from '../script.ts'

/** Wrote yesterday: the window is closed, and he still waits. */
export const wolfgang: Conversation = {
  person: {
    name: 'Wolfgang Preuß',
    phone: '+49 171 3920049',
    locale: 'de_DE',
    reads: true,
    pace: 'slow',
    repliesWith: [
      'Da bin ich. Was ist nun mit der Mahnung?',
      'Gut. Eine kurze Bestätigung per E-Mail wäre trotzdem schön.',
      'Ist angekommen, danke.',
    ],
  },
  with: 'service',
  past: [
    {
      day: 8,
      at: '11:00',
      they: 'Guten Tag, ich habe heute die Rechnung für den Ventiltausch überwiesen.',
    },
    { day: 8, at: '11:42', we: 'Guten Tag Herr Preuß, vielen Dank für die Nachricht.' },
  ],
  today: [
    {
      minutesAgo: 1655,
      they: 'Heute kam eine Mahnung, obwohl ich längst bezahlt habe. Bitte klären Sie das.',
      pdf: 'reminder',
    },
  ],
}

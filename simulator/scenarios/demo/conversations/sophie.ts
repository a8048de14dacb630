import type { Conversation } from '../script.ts'

/** Half an hour left to answer her. */
export const sophie: Conversation = {
  person: {
    name: 'Sophie Lambert',
    phone: '+33 6 39 98 12 34',
    locale: 'en_FR',
    reads: true,
    pace: 'usual',
    repliesWith: ['Received, thank you. The transfer goes out today.', 'Merci, have a nice day.'],
  },
  with: 'service',
  past: [
    {
      day: 6,
      at: '15:05',
      they: 'Hello, could we have a pro forma invoice for two NC 4 controllers and six temperature sensors?',
    },
    {
      day: 5,
      at: '09:10',
      we: 'Good morning Ms Lambert, here it is. It is valid for 30 days.',
      pdf: 'proForma',
    },
    { day: 5, at: '09:31', they: 'Thank you, I will pass it on to our bank.' },
  ],
  today: [
    {
      minutesAgo: 1402,
      they: 'Hello, the bank needs the IBAN on the pro forma itself. Could you add it and send it again?',
    },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Hello again, the bank is asking for it today.' }],
    [{ they: 'They also ask for your full company address on page one.' }],
  ],
}

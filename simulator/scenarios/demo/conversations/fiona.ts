import type { Conversation } from '../script.ts'

/** An invoice with the wrong tax number. */
export const fiona: Conversation = {
  person: {
    name: 'Fiona Gallagher',
    phone: '+353 20 915 2277',
    locale: 'en_IE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'The address is fine, it is only the VAT number.',
      'Got it, that was quick. Thanks a million!',
    ],
  },
  with: 'service',
  past: [
    {
      day: 8,
      at: '12:15',
      they: 'Hello, has the controller for our office in Galway been invoiced yet?',
    },
    {
      day: 8,
      at: '12:38',
      we: 'Hello Ms Gallagher, the invoice goes out together with the goods on Friday.',
    },
    { day: 8, at: '12:39', they: 'Perfect, thank you.' },
  ],
  today: [
    {
      minutesAgo: 118,
      they: 'Hello, invoice RE-2026-11840 shows our old VAT number. Could you reissue it with IE 9999999 AB?',
    },
  ],
  live: [
    [{ they: 'Our accountant closes the month on Friday, so before that would be ideal.' }],
    [{ they: 'Also, could future invoices go to invoices@gallagher-heating.example?' }],
  ],
}

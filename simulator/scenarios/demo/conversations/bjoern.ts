import type { Conversation } from '../script.ts'

/** A dealer in Sweden whose pallet came up short. */
export const bjoern: Conversation = {
  person: {
    name: 'Björn Håkansson',
    phone: '+46 70 174 06 22',
    locale: 'en_SE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'For 24, and the driver wrote “12 missing” on it. I can send you a copy.',
      'Perfect, Wednesday is fine. Tack!',
    ],
  },
  with: 'parts',
  past: [
    {
      saturday: 2,
      at: '11:05',
      they: 'Hello, we would like 36 boxes of gasket set 30-1187 for Malmö. Is that in stock?',
    },
    {
      day: 9,
      at: '08:40',
      we: 'Good morning Mr Håkansson, yes, all 36. They leave with Thursday’s truck.',
    },
    { day: 9, at: '08:55', they: 'Great, please go ahead. Same delivery address as last time.' },
    { day: 5, at: '14:10', we: 'Your pallet was loaded today and arrives in two working days.' },
    { day: 5, at: '14:22', they: 'Thanks for the heads-up.' },
  ],
  today: [
    {
      minutesAgo: 95,
      they: 'Hello from Malmö. The pallet is here, but it looks light: 24 boxes instead of 36.',
      photo: 'pallet',
    },
  ],
  live: [
    [
      { unlessAnswered: true, they: 'We have opened all of it now, it is definitely 24.' },
      { unlessAnswered: true, they: 'No damage otherwise, the film was intact.' },
    ],
    [
      {
        they: 'By the way, could the next order come on two smaller pallets? Our ramp is being rebuilt.',
      },
    ],
  ],
}

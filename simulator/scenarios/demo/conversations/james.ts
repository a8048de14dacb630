import type { Conversation } from '../script.ts'

/** A replacement that fits, and a heart for it. */
export const james: Conversation = {
  person: {
    name: 'James Whitfield',
    phone: '+44 7700 900482',
    locale: 'en_GB',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Label received. It goes out with tomorrow’s post.',
      { type: 'reaction', reaction: { emoji: '👍' } },
    ],
  },
  with: 'parts',
  past: [
    {
      day: 9,
      at: '09:20',
      they: 'Hello, the fan motor of our VP 400 has seized. It is eleven months old, serial 2008 114 5520.',
    },
    {
      day: 9,
      at: '09:54',
      we: 'Good morning Mr Whitfield, that is covered by the warranty. Could you send us a photo of the type plate?',
    },
    { day: 9, at: '10:30', they: '', photo: 'typePlate' },
    { day: 8, at: '08:33', we: 'Thank you, that is all we need. A replacement is being prepared.' },
    {
      day: 4,
      at: '15:47',
      we: 'The replacement motor has left Hamburg and reaches you in four working days.',
      id: 'shipped',
    },
  ],
  today: [
    { minutesAgo: 142, they: '👍', reactsTo: 'shipped' },
    { minutesAgo: 62, they: '❤️', reactsTo: 'shipped' },
    {
      minutesAgo: 61,
      they: 'It has just arrived and fits perfectly. Do you need the old one back?',
    },
  ],
  live: [
    [{ they: 'The bearing feels rough when you turn it by hand, if that is of interest.' }],
    [{ they: 'Do you happen to have the torque for the four housing screws?' }],
  ],
}

import type { Conversation } from '../script.ts'

/** Low pressure, and ready to mend it. */
export const robin: Conversation = {
  person: {
    name: 'Robin Ellis',
    username: 'robin.ellis',
    phone: '+44 7700 900655',
    locale: 'en_GB',
    reads: true,
    pace: 'quick',
    repliesWith: ['Done, it is at 1.6 now and the message is gone.', 'Will do, thanks!'],
  },
  with: 'service',
  past: [
    {
      day: 10,
      at: '11:45',
      they: 'Hi, we have just had an NH 12 installed. Is there an app for it?',
    },
    {
      day: 10,
      at: '12:02',
      we: 'Hi Robin, not an app, but the controller has a web page of its own. The address is on the inside of the cover.',
    },
    { day: 10, at: '12:03', they: 'Neat, found it.' },
  ],
  today: [
    {
      minutesAgo: 12,
      they: 'Hi, the display says “low pressure”. Can I top it up myself?',
      photo: 'gauge',
    },
  ],
  live: [
    [{ they: 'It was at 1.5 last week, by the way.' }],
    [{ they: 'Also, is it normal that the fan runs at night?' }],
  ],
}

import type { Conversation } from '../script.ts'

/** A dealer abroad who orders in bulk. */
export const oliver: Conversation = {
  person: {
    name: 'Oliver Grant',
    phone: '+44 7700 900177',
    locale: 'en_GB',
    reads: true,
    repliesWith: [
      'Two pallets, delivered to our yard in Leeds. Any day next week works.',
      'Great. Please send the pro forma to accounts@grantcompressors.example.',
      'Brilliant, thanks for sorting this so quickly.',
    ],
  },
  with: 'parts',
  past: [
    {
      day: 7,
      at: '10:40',
      they: 'Good morning, could you quote me for 40 air filters, part 22-0416, shipped to the UK?',
    },
    {
      day: 7,
      at: '11:22',
      we: 'Good morning Mr Grant, 40 pieces are 9.20 € each, carriage to Leeds 118 €. Stock is fine.',
    },
    {
      day: 7,
      at: '11:25',
      they: 'That works. I will check with the workshop and come back to you.',
    },
  ],
  today: [
    {
      minutesAgo: 205,
      they: 'Hello again! The workshop says yes to the filters, but could we make it 60?',
    },
    { minutesAgo: 188, we: 'Of course. For 60 the price drops to 8.75 € each.' },
    {
      minutesAgo: 41,
      they: 'Perfect, let’s do it. When could they leave Hamburg, and do you sort out the customs papers?',
    },
  ],
  live: [
    [{ they: 'One more thing: could you put our order number GC-2231 on the papers?' }],
    [{ they: 'And would you have a photo of the new packaging? Our warehouse team is asking.' }],
  ],
}

import type { Conversation } from '../script.ts'

/** A delivery that should move to another day. */
export const siobhan: Conversation = {
  person: {
    name: 'Siobhán Byrne',
    phone: '+353 20 915 1234',
    locale: 'en_IE',
    reads: true,
    repliesWith: [
      'Friday morning would be brilliant, thank you so much.',
      { type: 'reaction', reaction: { emoji: '👍' } },
    ],
  },
  with: 'service',
  past: [
    {
      day: 4,
      at: '15:03',
      they: 'Hi there, I ordered a heat pump controller, order 4711-0266. Has it shipped yet?',
    },
    {
      day: 4,
      at: '15:20',
      we: 'Hello Ms Byrne, it left our warehouse this morning and should reach Cork in four days.',
    },
    { day: 4, at: '15:21', they: 'Lovely, thanks!' },
  ],
  today: [
    {
      minutesAgo: 340,
      they: 'Hi again! The courier wants to deliver tomorrow but nobody will be in. Can it come on Thursday or Friday instead?',
    },
  ],
  live: [
    [{ they: 'Just to add, the gate code has changed to 4 4 1 7.' }],
    [{ they: 'Is there a way to see where the parcel is right now?' }],
  ],
}

import type { Conversation } from '../script.ts'

/** Writes for the first time, under a username alone. */
export const maria: Conversation = {
  person: {
    name: 'Maria',
    username: 'maria.k',
    locale: 'en_DK',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'It is for a summer house near Esbjerg, so a drop-off point would be fine too.',
      'Great, then I will order today. Thank you!',
    ],
  },
  with: 'service',
  past: [],
  today: [],
  live: [
    [{ they: 'Hi! Do you deliver to Denmark?' }, { they: 'I am looking at the garden pump GP 4.' }],
    [{ they: 'And would the plug fit, or do I need an adapter?' }],
    [{ they: 'One last question: is there a warranty outside Germany?' }],
  ],
}

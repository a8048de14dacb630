import type { Conversation } from '../script.ts'

/** Grateful, and takes her time to say so. */
export const roswitha: Conversation = {
  person: {
    name: 'Roswitha Kern',
    phone: '+49 171 3920052',
    locale: 'de_DE',
    reads: true,
    pace: 'slow',
    repliesWith: [
      'Ach, so einfach ist das? Ich habe jetzt auf „Komfort“ gestellt.',
      'Es wird schon wärmer. Sie haben mir sehr geholfen, vielen Dank!',
    ],
  },
  with: 'service',
  past: [
    {
      day: 4,
      at: '08:30',
      they: 'Guten Morgen, bei uns ist seit gestern die Heizung kalt. Wir sind beide über achtzig.',
    },
    {
      day: 4,
      at: '08:36',
      we: 'Guten Morgen Frau Kern, Herr Brandt kommt noch heute Vormittag zu Ihnen.',
    },
    { day: 4, at: '08:38', they: 'Da bin ich aber erleichtert. Danke!' },
  ],
  today: [
    {
      minutesAgo: 41,
      they: 'Guten Tag, hier ist Roswitha Kern aus Elbsande. Seit Herr Brandt bei uns war, ist es endlich wieder warm, dafür noch einmal herzlichen Dank. Nun habe ich doch noch eine Frage: Am Regler steht jetzt „Eco“, und abends wird das Bad nicht mehr richtig warm. Mein Mann meint, das müsse so sein. Ich spreche es Ihnen auch noch auf, weil mir das Tippen schwerfällt.',
    },
    { minutesAgo: 39, they: '', voice: 38 },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Es eilt nicht, aber vor dem Wochenende wäre schön.' }],
    [
      {
        unlessAnswered: true,
        they: 'Mein Mann hat die Anleitung gefunden, aber die Schrift ist so klein.',
      },
    ],
  ],
}

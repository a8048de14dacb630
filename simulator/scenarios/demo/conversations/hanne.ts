import type { Conversation } from '../script.ts'

/** Has a new phone number. */
export const hanne: Conversation = {
  person: {
    name: 'Hanne Brodersen',
    phone: '+49 171 3920035',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Prima, danke. Dann kann ja nichts mehr schiefgehen.',
      { type: 'reaction', reaction: { emoji: '😊' } },
    ],
  },
  with: 'service',
  past: [
    {
      day: 6,
      at: '11:12',
      they: 'Moin, ich brauche wieder den Ersatzfilter für die Lüftung, Größe L.',
    },
    { day: 6, at: '11:30', we: 'Moin Frau Brodersen, ist bestellt. Er kommt in etwa einer Woche.' },
  ],
  today: [
    { minutesAgo: 212, they: 'Guten Tag, ist mein Filter schon unterwegs?' },
    { minutesAgo: 198, we: 'Guten Tag Frau Brodersen, er geht morgen früh auf die Reise.' },
    { minutesAgo: 49, they: '', movesTo: '+49 171 3920036' },
    {
      minutesAgo: 47,
      they: 'Moin, das ist jetzt meine neue Nummer. Die Lieferung bitte auch hier ankündigen.',
    },
  ],
  live: [
    [{ they: 'Die alte Nummer können Sie löschen, die ist ab heute abgeschaltet.' }],
    [
      {
        they: 'Dürfen Sie den Filter auch in der Bäckerei nebenan abgeben? Die sind bis 18 Uhr da.',
      },
    ],
  ],
}

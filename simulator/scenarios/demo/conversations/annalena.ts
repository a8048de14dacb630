import type { Conversation } from '../script.ts'

/** Happy, and done. */
export const annalena: Conversation = {
  person: {
    name: 'Anna-Lena Schröder',
    phone: '+49 176 04069044',
    locale: 'de_DE',
    reads: true,
    repliesWith: ['Das ist ja großzügig. Vielen Dank und einen schönen Tag!'],
  },
  with: 'service',
  past: [
    {
      day: 3,
      at: '09:10',
      they: 'Guten Morgen, ich möchte die Gartenpumpe GP 4 zurückgeben. Sie ist noch originalverpackt.',
    },
    {
      day: 3,
      at: '09:26',
      we: 'Guten Morgen Frau Schröder, kein Problem. Das Rücksendeetikett ist in Ihrem Postfach.',
    },
    { day: 3, at: '09:28', they: 'Das ging ja schnell. Wann bekomme ich das Geld zurück?' },
    {
      day: 3,
      at: '09:35',
      we: 'Sobald das Paket bei uns ist, meist innerhalb von drei Tagen.',
      id: 'refund',
    },
    { day: 2, at: '10:12', they: '❤️', reactsTo: 'refund' },
    { day: 2, at: '10:13', they: 'Vielen Dank, das Geld ist schon da!' },
  ],
  today: [
    {
      minutesAgo: 252,
      we: 'Guten Tag Frau Schröder, die Gutschrift haben wir Ihnen auch noch per E-Mail geschickt.',
    },
  ],
  live: [
    [
      {
        they: 'Guten Tag, ich bin es noch einmal. Den Zubehörbeutel der GP 4 habe ich vergessen beizulegen. Soll ich ihn nachschicken?',
      },
    ],
    [{ they: 'Gibt es die GP 4 eigentlich auch leiser? Meine Eltern suchen eine.' }],
  ],
}

import type { Conversation } from '../script.ts'

/** Waiting since yesterday: the reply window closes in about three hours. */
export const petra: Conversation = {
  person: {
    name: 'Petra Becker',
    phone: '+49 176 04069066',
    locale: 'de_DE',
    reads: true,
    repliesWith: ['Mittwoch um 8 passt gut. Bitte bei Becker Süd klingeln.', 'Super, bis dann!'],
  },
  with: 'service',
  past: [
    {
      day: 5,
      at: '13:15',
      they: 'Guten Tag, unsere Hauswasserpumpe verliert seit gestern Druck. Kann jemand kommen?',
    },
    {
      day: 5,
      at: '13:41',
      we: 'Guten Tag Frau Becker, gern. Am Montag zwischen 10 und 12 Uhr wäre ein Techniker in Ihrer Nähe.',
    },
    { day: 5, at: '13:55', they: 'Montag passt, danke.' },
  ],
  today: [
    {
      minutesAgo: 1262,
      they: 'Der Techniker war da und muss noch einmal kommen, weil ein Ventil fehlte. Können wir den Termin gleich festmachen?',
    },
  ],
  live: [
    [{ they: 'Ich bin noch etwa eine Stunde erreichbar, danach erst wieder morgen.' }],
    [{ they: 'Eben hat es im Keller geknackt, der Druck ist jetzt bei 1,2 bar. Ist das schlimm?' }],
  ],
}

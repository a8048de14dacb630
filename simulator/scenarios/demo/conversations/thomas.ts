import type { Conversation } from '../script.ts'

/** Urgent, and getting shorter with every message. */
export const thomas: Conversation = {
  person: {
    name: 'Thomas Wagner',
    phone: '+49 171 3920088',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'Anlage NH 18, Seriennummer 20190417. Der rote Knopf blinkt zweimal, dann Pause.',
      'Gemacht. Sie läuft wieder an!',
      'Sie haben uns den Tag gerettet, danke.',
    ],
  },
  with: 'service',
  past: [
    {
      day: 9,
      at: '11:00',
      we: 'Guten Tag Herr Wagner, die jährliche Wartung Ihrer NH 18 ist fällig. Wann dürfen wir kommen?',
    },
    { day: 9, at: '12:34', they: 'Danke für die Erinnerung, ich melde mich.' },
  ],
  today: [
    { minutesAgo: 6, they: 'Guten Tag, unsere Heizung ist heute Nacht ausgefallen. Störung E17.' },
    { minutesAgo: 5, they: 'Wir haben zwei kleine Kinder im Haus.' },
    { minutesAgo: 3, they: 'Kann bitte HEUTE jemand kommen?' },
  ],
  live: [
    [{ unlessAnswered: true, they: 'Im Kinderzimmer sind es jetzt 16 Grad.' }],
    [
      { unlessAnswered: true, they: 'Wir sind den ganzen Tag zu Hause.' },
      { unlessAnswered: true, they: 'Das Display sieht so aus:', photo: 'display' },
    ],
    [
      {
        unlessAnswered: true,
        they: 'Meine Frau hat jetzt einen Heizlüfter aufgestellt. Kommt heute noch jemand?',
      },
    ],
    [{ they: 'Eine Frage noch: Soll ich die Störung E17 irgendwo vermerken, wegen der Garantie?' }],
  ],
}

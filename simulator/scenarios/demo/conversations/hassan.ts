import type { Conversation } from '../script.ts'

/** An installer who writes reports. */
export const hassan: Conversation = {
  person: {
    name: 'Hassan El-Amin',
    phone: '+49 176 04069045',
    locale: 'de_DE',
    reads: true,
    pace: 'quick',
    repliesWith: [
      'T2 bleibt bei knapp 30 Grad, egal was ich einstelle.',
      'Das war es, das Ventil hat geklemmt. Danke!',
    ],
  },
  with: 'parts',
  past: [
    { day: 5, at: '12:50', they: 'Hallo, gibt es das Hydraulikschema der NH 18 auch als Datei?' },
    {
      day: 5,
      at: '13:14',
      we: 'Hallo Herr El-Amin, ja: https://nordwerk.example/fachbetriebe/nh18, Seite 12.',
    },
    { day: 5, at: '13:15', they: 'Top, danke.' },
  ],
  today: [
    {
      minutesAgo: 76,
      they: '*Anlage:* NH 18, Baujahr 2020\n*Fehler:* Vorlauf wird nicht warm\n\nGeprüft:\n- Filter gereinigt\n- Druck _1,6 bar_\n- Fühler B3 getauscht (`22-0038`)\n- ~Ventil V2~ kommt heute Nachmittag dran',
    },
    {
      minutesAgo: 75,
      they: 'Im Protokoll steht:\n> Verdichter: dritter Anlauf\n```T1  34,2\nT2  29,8\nP    1,6```\nHabt ihr eine Idee, wo ich weitersuchen soll?',
    },
  ],
  live: [
    [
      {
        unlessAnswered: true,
        they: 'Nachtrag: Im Kühlbetrieb ist alles normal, nur beim Heizen nicht.',
      },
    ],
    [{ unlessAnswered: true, they: 'Ich bin noch gut zwei Stunden beim Kunden.' }],
    [
      {
        unlessAnswered: true,
        they: 'Gerade noch gemessen: Der Durchfluss liegt bei 9 Litern, das ist doch zu wenig, oder?',
      },
    ],
  ],
}

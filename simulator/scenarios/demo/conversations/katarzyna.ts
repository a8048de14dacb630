import type { Conversation } from '../script.ts'

/** A parcel that arrived broken, with the picture of it. */
export const katarzyna: Conversation = {
  person: {
    name: 'Katarzyna Nowak',
    phone: '+49 171 3920033',
    locale: 'de_DE',
    reads: true,
    repliesWith: [
      'Das Gehäuse hat einen Riss, etwa so lang wie mein Finger. Eingeschaltet habe ich sie nicht.',
      'Eine neue wäre mir am liebsten. Abholung geht jeden Tag ab 16 Uhr.',
      'Das ist wirklich unkompliziert. Vielen Dank!',
    ],
  },
  with: 'service',
  past: [
    {
      day: 8,
      at: '14:20',
      they: 'Guten Tag, ich habe bei Ihnen eine Tauchpumpe bestellt. Kann ich die Lieferung auf Donnerstag legen?',
    },
    {
      day: 8,
      at: '14:37',
      we: 'Guten Tag Frau Nowak, das geht. Die Lieferung kommt nun am Donnerstag zwischen 9 und 13 Uhr.',
    },
    { day: 8, at: '14:39', they: 'Sehr nett, vielen Dank.' },
  ],
  today: [
    {
      minutesAgo: 31,
      they: 'So kam das Paket eben bei uns an. Der Fahrer hat gesagt, ich soll mich bei Ihnen melden.',
      photo: 'dentedParcel',
    },
  ],
  live: [
    [{ they: 'Den Karton habe ich aufgehoben, falls Sie ihn brauchen.' }],
    [{ they: 'Eine Frage noch: Muss ich das auch dem Paketdienst melden?' }],
  ],
}

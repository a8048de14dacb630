import type { Conversation } from '../script.ts'

/** Quotes a message that never came over. */
export const marta: Conversation = {
  person: {
    name: 'Marta Kowalczyk',
    phone: '+49 176 04069018',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: ['Das reicht, wir haben eine Garage mit Rampe.', 'Danke, dann weiß ich Bescheid.'],
  },
  with: 'service',
  past: [
    {
      day: 7,
      at: '13:05',
      they: 'Guten Tag, wie wird der Pufferspeicher geliefert? Der wiegt ja über 100 Kilo.',
    },
    {
      day: 7,
      at: '13:30',
      we: 'Guten Tag Frau Kowalczyk, per Spedition auf einer Palette. Den Termin stimmt der Spediteur mit Ihnen ab.',
    },
  ],
  today: [
    {
      minutesAgo: 171,
      they: 'Das hier meinte ich. Kommt der Spediteur denn mit Hebebühne?',
      quotesLost: true,
    },
  ],
  live: [
    [{ they: 'Wir könnten am Mittwoch auch zwei Helfer da haben.' }],
    [{ they: 'Noch eine Bitte: Unser Hof ist am Donnerstag gesperrt, da wird gepflastert.' }],
  ],
}

import type { Conversation } from '../script.ts'

/** Has a username, but the firm knows her phone from earlier. */
export const priya: Conversation = {
  person: {
    name: 'Priya Raman',
    username: 'priya.raman',
    phone: '+49 176 04069099',
    locale: 'en_GB',
    reads: true,
    repliesWith: [
      'It started on Sunday evening. The display says “low flow”.',
      'I’m home after 4 pm on weekdays.',
    ],
  },
  with: 'service',
  past: [
    {
      day: 10,
      at: '17:05',
      they: 'Hello! We just moved in and found one of your heat pumps in the cellar. Do you have a manual in English?',
    },
    {
      day: 10,
      at: '17:18',
      we: 'Welcome to Hamburg! Yes: nordwerk.example/manuals, model NH 12. The maintenance plan is on page 31.',
    },
    { day: 10, at: '17:19', they: 'Found it, thank you!' },
  ],
  today: [
    {
      minutesAgo: 17,
      they: 'Hello, me again. The heat pump has been making a knocking noise since the weekend. Is it safe to leave it running?',
    },
  ],
  live: [
    [{ unlessAnswered: true, they: 'I have recorded it, maybe this helps.', film: 'knock' }],
    [{ unlessAnswered: true, they: 'It is louder when the water heats up.' }],
    [{ unlessAnswered: true, they: 'Should I switch it off before I go to work?' }],
  ],
}

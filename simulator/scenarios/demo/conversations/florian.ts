import type { Conversation } from '../script.ts'

/** An architect with four houses. */
export const florian: Conversation = {
  person: {
    name: 'Florian Kastner',
    phone: '+49 176 04069049',
    locale: 'de_DE',
    reads: true,
    pace: 'usual',
    repliesWith: [
      'Verstanden. Acht Wochen passen gut in den Bauzeitenplan.',
      'Bitte schicken Sie mir das angepasste Angebot, dann gebe ich es heute noch weiter.',
      'Vielen Dank für die schnelle Bearbeitung.',
    ],
  },
  with: 'service',
  past: [
    {
      saturday: 1,
      at: '10:15',
      they: 'Guten Tag, für vier Reihenhäuser suche ich je eine Wärmepumpe um 12 kW. Können Sie mir dazu etwas anbieten?',
    },
    { saturday: 1, at: '10:16', they: 'Die Grundrisse schicke ich gern per E-Mail.' },
    {
      day: 4,
      at: '09:30',
      we: 'Guten Morgen Herr Kastner, hier unser Angebot über vier NH 12 mit Regler und Inbetriebnahme.',
      pdf: 'offer',
    },
    { day: 4, at: '09:58', they: 'Danke, das sehe ich mir in Ruhe an.' },
  ],
  today: [
    {
      minutesAgo: 161,
      they: 'Das Angebot gefällt dem Bauherrn. Er fragt, ob die Geräte mit R290 lieferbar sind.',
    },
    { minutesAgo: 160, they: 'Und wie lang ist die Lieferzeit für vier Stück?' },
  ],
  live: [
    [
      {
        they: 'Noch etwas: Das dritte Haus bekommt eine Fußbodenheizung im Dachgeschoss. Ändert das die Auslegung?',
      },
    ],
    [
      {
        they: 'Der Bauherr würde die Geräte gern vorher einmal hören. Gibt es bei Ihnen eine Vorführanlage?',
      },
    ],
    [{ they: 'Könnten Sie mir das Datenblatt mit den Schallwerten auch als PDF schicken?' }],
  ],
}

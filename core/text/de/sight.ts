/** A conversation that was taken from somebody's sight while they were in it. */
export const sight = {
  gone: 'Diese Unterhaltung ist nicht mehr zu sehen. Sie liegt jetzt bei einem anderen Team oder ist anderen zugewiesen.',
  notDone: 'Nicht mehr ausgeführt:',
  message: 'Nachricht',
  note: 'Notiz',
  deed: 'Änderung an der Unterhaltung',
  draft: 'Angefangen:',
  copy: 'Text kopieren',
  copied: 'Kopiert',
  discard: 'Verwerfen',
  back: 'Zur Liste',
} as const

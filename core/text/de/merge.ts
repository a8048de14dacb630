/** Deciding whether two contacts are one person. */
export const merge = {
  name: 'Name',
  title: 'Dieselbe Person?',
  messages_one: '{{count}} Nachricht',
  messages_other: '{{count}} Nachrichten',
  staysOpen: 'Steht danach für beide',
  what: 'Danach gibt es einen Kontakt und je Nummer eine Unterhaltung, bei {{name}}. Alle Nachrichten und Notizen bleiben; über „Trennen“ lässt es sich zurücknehmen.',
  merge: 'Zusammenführen',
  notSame: 'Nicht dieselbe Person',
  done: '{{name}} wurde zusammengeführt',
  phone: 'Telefon',
  username: 'Benutzername',
  whatsappId: 'WhatsApp-ID',
  language: 'Sprache',
} as const

/** Lines in the thread that say what happened to a conversation. */
export const activity = {
  assignedTo: '{{who}} hat {{to}} die Unterhaltung zugewiesen',
  took: '{{who}} hat übernommen',
  released: '{{who}} hat die Zuweisung aufgehoben',
  movedTo: '{{who}} hat an {{to}} übergeben',
  resolved: '{{who}} hat erledigt',
  reopened: '{{who}} hat wieder geöffnet',
  numberChanged: 'Der Kontakt hat die Telefonnummer gewechselt: {{to}}',
  userIdChanged: 'Die WhatsApp-ID des Kontakts hat sich geändert',
  identityChanged: 'Der Sicherheitsschlüssel des Kontakts hat sich geändert',
  call: 'Anruf über WhatsApp',
  welcomeRequested: 'Der Kontakt hat die Unterhaltung begonnen',
  historyImported: 'Frühere Nachrichten wurden übernommen',
} as const

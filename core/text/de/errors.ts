/** By the codes of core/lib/errors.ts: what happened, what is safe, what to do. */
export const errors = {
  'bad-request': 'Das wurde so nicht angenommen. Eingaben prüfen und erneut versuchen.',
  'not-found': 'Das ist nicht mehr vorhanden. Die Ansicht wird gerade aktualisiert.',
  unauthenticated: 'Die Sitzung ist abgelaufen. Erneut anmelden, Entwürfe bleiben erhalten.',
  'wrong-credentials': 'Anmeldename oder Passwort stimmt nicht.',
  'too-many-attempts': 'Zu viele Versuche. In 15 Minuten erneut möglich.',
  forbidden: 'Dafür fehlt die Berechtigung. Vergeben wird sie in der Verwaltung.',
  conflict: 'Das wurde inzwischen geändert. Angezeigt wird der neue Stand.',
  'already-exists': 'Diesen Namen oder diese Adresse gibt es schon. Bitte eine andere wählen.',
  'colleague-answered':
    'Jemand aus dem Team hat inzwischen geantwortet. Der eigene Text ist noch da und wurde nicht gesendet.',
  'new-activity':
    'Inzwischen ist eine neue Nachricht da. Die Unterhaltung bleibt offen, damit sie nicht übersehen wird.',
  'time-passed': 'Dieser Zeitpunkt ist schon vorbei. Die Unterhaltung bleibt, wie sie ist.',
  'window-closed':
    'Das Antwortfenster ist zu. Der Text bleibt als Entwurf gespeichert; mit einer Vorlage kann die Unterhaltung wieder eröffnet werden.',
  'template-mismatch': 'Die Vorlage passt nicht mehr. Platzhalter und Sprache prüfen.',
  'template-unavailable': 'WhatsApp nimmt diese Vorlage gerade nicht an. Bitte eine andere wählen.',
  'marketing-stopped': 'Der Kontakt möchte keine Werbung. Diese Vorlage wurde nicht gesendet.',
  'too-old':
    'Das hat zu lange auf den Server gewartet. Falls es noch gilt, bitte noch einmal ausführen.',
  'not-in-control':
    'Diesen Kontakt betreut gerade eine andere Anwendung. Der Text bleibt als Entwurf gespeichert.',
  'label-gone': 'Dieses Merkmal gibt es nicht mehr. Bitte ein anderes wählen.',
  'too-large': 'Die Datei oder der Text ist zu groß. Bitte verkleinern oder aufteilen.',
  'unsupported-media':
    'WhatsApp nimmt diese Art von Datei nicht an. Bitte ein anderes Format wählen.',
  'idempotency-mismatch':
    'Dieser Vorgang lief schon einmal mit anderem Inhalt. Nichts wurde doppelt ausgeführt; bitte neu beginnen.',
  'version-mismatch': 'Ein Update ist nötig. Entwürfe bleiben erhalten.',
  offline: 'Der Server ist nicht erreichbar. Adresse prüfen oder VPN einschalten.',
  'not-kontor': 'Unter dieser Adresse läuft kein Kontor-Server.',
  'disk-full':
    'Der Speicher dieses Rechners ist voll. Nichts wurde gespeichert; bitte Platz schaffen und erneut versuchen.',
  unavailable: 'Der Server ist gerade ausgelastet. Bisheriges ist sicher; gleich erneut versuchen.',
  whatsapp: 'WhatsApp hat das abgelehnt. Der Inhalt ist noch da.',
  internal:
    'Etwas ist schiefgegangen und wurde protokolliert. Bisheriges ist sicher; erneut versuchen.',
} as const

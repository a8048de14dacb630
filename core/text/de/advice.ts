/** What administrators can do about it, by the same kinds. */
export const advice = {
  access:
    'Das Zugriffstoken fehlt, ist abgelaufen oder wurde widerrufen. In den Unternehmenseinstellungen von Meta ein neues erzeugen und auf dem Server hinterlegen; Wartendes geht danach von selbst.',
  permission:
    'Dem Systembenutzer fehlt eine Berechtigung. In Meta die App, das Konto und „whatsapp_business_messaging“ zuweisen.',
  'unknown-number':
    'Die Nummern-ID stimmt nicht, oder die Nummer wurde gelöscht oder in ein anderes Konto verschoben. Im WhatsApp-Manager vergleichen.',
  outage:
    'Meist geht es nach kurzer Zeit wieder. Hält es an, die Statusseite von Meta ansehen und den Vorgang dem Support nennen.',
  pace: 'Die Nummer oder das Konto ist am Limit von WhatsApp. Kommt es oft vor, Versände strecken oder mehr Durchsatz beantragen.',
  maintenance: 'Nichts zu tun: Das dauert wenige Minuten, etwa bei mehr Durchsatz.',
  invalid: 'Ein Wert darin ist falsch oder fehlt. Code und Vorgang an den Kontor-Support geben.',
  locked:
    'WhatsApp hat das Konto wegen eines Verstoßes eingeschränkt. Im Business-Support von Meta nachsehen und Einspruch einlegen.',
  blocked: 'Der Kontakt steht auf der Sperrliste der Nummer im WhatsApp-Manager.',
  experiment:
    'Meta liefert in einem Versuch manchen Personen keine Werbung aus. Nichts zu tun; berechnet wird sie nicht.',
  country:
    'Meta erlaubt diesem Konto das Land nicht, etwa wegen der Branche oder der Handelsregeln.',
  group:
    'Die Gruppe ist unbekannt, gesperrt oder voll, oder das Konto ist für Gruppen nicht freigegeben.',
  'own-number': 'Empfänger und Absender sind dieselbe Nummer.',
  unreachable:
    'WhatsApp nennt den Grund nicht. Auch eine sehr alte App oder nicht bestätigte Nutzungsbedingungen führen dazu.',
  'test-number': 'Die Empfängernummer in der Meta-App unter den Testnummern eintragen.',
  name: 'Im WhatsApp-Manager den Anzeigenamen prüfen und bei Ablehnung neu einreichen.',
  payment:
    'Im Abrechnungsbereich von Meta eine gültige Zahlungsart hinterlegen. Bis dahin gehen auch gewöhnliche Antworten nicht hinaus.',
  unregistered: 'Die Nummer im WhatsApp-Manager erneut anmelden; dazu wird ihre PIN gebraucht.',
  window: 'Freie Nachrichten gehen nur 24 Stunden lang nach der letzten Nachricht des Kontakts.',
  spam: 'Versände anhalten und die Qualität der Nummer im WhatsApp-Manager beobachten. Die Drosselung endet von selbst, wenn weniger blockiert wird.',
  'marketing-limit':
    'Jede Person bekommt nur eine begrenzte Menge Werbung von allen Firmen zusammen. Nicht sofort wiederholen.',
  'opted-out':
    'Der Kontakt hat Werbung in WhatsApp abbestellt. Andere Vorlagen sind weiter möglich.',
  'their-file': 'WhatsApp konnte die Datei nicht laden: zu groß, abgelaufen oder nicht erreichbar.',
  'our-file':
    'Format, Größe oder Adresse der Datei passt nicht zu den Regeln von WhatsApp. Für Bilder gelten 5 MB, für Video und Ton 16 MB.',
  paging: 'Die Liste wird neu begonnen. Bleibt es so, Code und Vorgang weitergeben.',
  'on-phone': 'WhatsApp gibt ihren Inhalt über die Schnittstelle nicht heraus.',
  'marketing-route':
    'Vorlage und Sendeweg passen nicht zusammen: Werbung mit Höchstpreis braucht die Werbeschnittstelle, alles andere die gewöhnliche.',
  'needs-phone':
    'Anmeldecodes gehen nicht an Kontakte, von denen nur der Benutzername bekannt ist.',
  'marketing-off':
    'In den Einstellungen des WhatsApp-Kontos ist Werbung über die Cloud API ausgeschaltet.',
  misclassified:
    'Vorlagen der Kategorie „Service“ enthielten Werbung. Kategorien im WhatsApp-Manager berichtigen.',
  'template-values':
    'Die Werte passen nicht zur Vorlage, wie WhatsApp sie hat: Anzahl, Art, Länge oder Zeilenumbrüche.',
  'template-missing':
    'Im WhatsApp-Manager nachsehen, ob sie gelöscht, umbenannt oder noch nicht freigegeben ist.',
  'template-policy': 'Der Text verstößt gegen Regeln von Meta. Vorlage überarbeiten.',
  'template-paused':
    'Beim ersten Mal drei, beim zweiten sechs Stunden, danach wird sie deaktiviert. Empfängerkreis und Text prüfen.',
  'template-disabled':
    'WhatsApp hat sie nach wiederholt schlechter Bewertung abgeschaltet. Eine neue einreichen.',
  'template-syncing': 'Nichts zu tun: Das dauert bis zu zehn Minuten.',
  'template-limit': 'Nicht mehr gebrauchte Vorlagen löschen oder das Unternehmen verifizieren.',
  'template-form':
    'Form, Länge, Kopfzeile, Fußzeile oder die Lage der Platzhalter entspricht nicht den Regeln.',
  flow: 'Zustand des Formulars (Flow) im WhatsApp-Manager prüfen.',
  pin: 'Zu viele oder falsche Eingaben der zweistufigen PIN. Warten oder die PIN im WhatsApp-Manager neu setzen.',
  registering:
    'Nach einer Abmeldung einige Minuten warten; nach vielen Versuchen sperrt WhatsApp das für 72 Stunden.',
  'phone-check':
    'Bestätigung oder Umzug der Nummer ist nicht abgeschlossen. Im WhatsApp-Manager fortsetzen.',
  terms: 'Im WhatsApp-Manager die Bedingungen für Zahlungen annehmen.',
  identity:
    'Vielleicht nutzt jemand anderes die Nummer. Vor vertraulichen Angaben die Person bestätigen lassen.',
  call: 'Anrufe sind für die Nummer nicht eingerichtet, nicht erlaubt, oder ein Limit ist erreicht.',
  'block-list': 'Sie ist voll, oder eine andere Änderung läuft noch. Später erneut versuchen.',
  business: 'Die Unternehmensverifizierung bei Meta abschließen.',
  username:
    'Er ist vergeben, oder das Konto muss zuerst mit Facebook oder Instagram verbunden werden.',
  insights: 'Auswertungen für Vorlagen im WhatsApp-Manager einschalten.',
  onboarding: 'Die Einrichtung im WhatsApp-Manager oder in der Business-App fortsetzen.',
  control:
    'In den Einstellungen der Gesprächsübergabe festlegen, welche Anwendung übernehmen darf.',
  expired:
    'Die Nachricht war zu alt geworden und wurde deshalb nicht mehr verschickt. Verbindung des Servers prüfen.',
  dismissed: 'Der Vorgang hilft dem Support von Meta beim Nachsehen.',
  'taken-back': 'Es ist nichts zu tun.',
  other: 'Diesen Code kennt Kontor noch nicht. Code und Vorgang im Support von Meta nachschlagen.',
} as const

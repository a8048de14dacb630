/**
 * Why a message did not arrive, by the kinds of core/text/failures.ts: `told-` is for whoever wrote it, `advice-` is the
 * second line, for administrators.
 */
export const failures = {
  'told-access': 'Die Verbindung zu WhatsApp ist nicht mehr gültig.',
  'advice-access':
    'Das Zugriffstoken fehlt, ist abgelaufen oder wurde widerrufen. In den Unternehmenseinstellungen von Meta ein neues erzeugen und auf dem Server hinterlegen; Wartendes geht danach von selbst.',
  'told-permission': 'Kontor darf über dieses WhatsApp-Konto gerade nicht senden.',
  'advice-permission':
    'Dem Systembenutzer fehlt eine Berechtigung. In Meta die App, das Konto und „whatsapp_business_messaging“ zuweisen.',
  'told-unknown-number': 'WhatsApp findet die eigene Nummer nicht.',
  'advice-unknown-number':
    'Die Nummern-ID stimmt nicht, oder die Nummer wurde gelöscht oder in ein anderes Konto verschoben. Im WhatsApp-Manager vergleichen.',
  'told-outage': 'Nicht gesendet: WhatsApp hatte eine Störung.',
  'advice-outage':
    'Meist geht es nach kurzer Zeit wieder. Hält es an, die Statusseite von Meta ansehen und den Vorgang dem Support nennen.',
  'told-pace': 'Zu viele Nachrichten in kurzer Zeit.',
  'advice-pace':
    'Die Nummer oder das Konto ist am Limit von WhatsApp. Kommt es oft vor, Versände strecken oder mehr Durchsatz beantragen.',
  'told-maintenance': 'WhatsApp wartet dieses Konto gerade.',
  'advice-maintenance': 'Nichts zu tun: Das dauert wenige Minuten, etwa bei mehr Durchsatz.',
  'told-invalid': 'Diese Nachricht nimmt WhatsApp so nicht an.',
  'advice-invalid':
    'Ein Wert darin ist falsch oder fehlt. Code und Vorgang an den Kontor-Support geben.',
  'told-locked': 'Konto gesperrt oder eingeschränkt.',
  'advice-locked':
    'WhatsApp hat das Konto wegen eines Verstoßes eingeschränkt. Im Business-Support von Meta nachsehen und Einspruch einlegen.',
  'told-blocked': 'Dieser Kontakt ist von uns blockiert.',
  'advice-blocked': 'Der Kontakt steht auf der Sperrliste der Nummer im WhatsApp-Manager.',
  'told-experiment': 'Von WhatsApp für einen Test ausgenommen.',
  'advice-experiment':
    'Meta liefert in einem Versuch manchen Personen keine Werbung aus. Nichts zu tun; berechnet wird sie nicht.',
  'told-country': 'An Nummern in diesem Land darf das Konto nicht senden.',
  'advice-country':
    'Meta erlaubt diesem Konto das Land nicht, etwa wegen der Branche oder der Handelsregeln.',
  'told-group': 'In dieser Gruppe geht das nicht.',
  'advice-group':
    'Die Gruppe ist unbekannt, gesperrt oder voll, oder das Konto ist für Gruppen nicht freigegeben.',
  'told-own-number': 'An die eigene Nummer lässt sich nicht schreiben.',
  'advice-own-number': 'Empfänger und Absender sind dieselbe Nummer.',
  'told-unreachable':
    'Nicht zustellbar. Der Kontakt nutzt WhatsApp evtl. nicht (mehr) oder hat die Nummer blockiert.',
  'advice-unreachable':
    'WhatsApp nennt den Grund nicht. Auch eine sehr alte App oder nicht bestätigte Nutzungsbedingungen führen dazu.',
  'told-test-number': 'Diese Testnummer darf nur an eingetragene Personen senden.',
  'advice-test-number': 'Die Empfängernummer in der Meta-App unter den Testnummern eintragen.',
  'told-name': 'Der Anzeigename der eigenen Nummer ist noch nicht freigegeben.',
  'advice-name': 'Im WhatsApp-Manager den Anzeigenamen prüfen und bei Ablehnung neu einreichen.',
  'told-payment': 'Zahlungsart im WhatsApp-Konto fehlt oder ist abgelaufen.',
  'advice-payment':
    'Im Abrechnungsbereich von Meta eine gültige Zahlungsart hinterlegen. Bis dahin gehen auch gewöhnliche Antworten nicht hinaus.',
  'told-unregistered': 'Die eigene Nummer ist bei WhatsApp nicht angemeldet.',
  'advice-unregistered':
    'Die Nummer im WhatsApp-Manager erneut anmelden; dazu wird ihre PIN gebraucht.',
  'told-window': 'Nicht gesendet: Das Antwortfenster ist zu.',
  'advice-window':
    'Freie Nachrichten gehen nur 24 Stunden lang nach der letzten Nachricht des Kontakts.',
  'told-spam': 'Versand gedrosselt, weil Nachrichten häufig blockiert wurden.',
  'advice-spam':
    'Versände anhalten und die Qualität der Nummer im WhatsApp-Manager beobachten. Die Drosselung endet von selbst, wenn weniger blockiert wird.',
  'told-marketing-limit': 'WhatsApp hat diese Werbenachricht zurückgehalten (Limit pro Person).',
  'advice-marketing-limit':
    'Jede Person bekommt nur eine begrenzte Menge Werbung von allen Firmen zusammen. Nicht sofort wiederholen.',
  'told-opted-out': 'Der Kontakt möchte keine Werbung mehr.',
  'advice-opted-out':
    'Der Kontakt hat Werbung in WhatsApp abbestellt. Andere Vorlagen sind weiter möglich.',
  'told-their-file': 'Datei konnte nicht übertragen werden.',
  'advice-their-file':
    'WhatsApp konnte die Datei nicht laden: zu groß, abgelaufen oder nicht erreichbar.',
  'told-our-file': 'Datei konnte nicht übertragen werden.',
  'advice-our-file':
    'Format, Größe oder Adresse der Datei passt nicht zu den Regeln von WhatsApp. Für Bilder gelten 5 MB, für Video und Ton 16 MB.',
  'told-paging': 'WhatsApp hat die Abfrage nicht verstanden.',
  'advice-paging': 'Die Liste wird neu begonnen. Bleibt es so, Code und Vorgang weitergeben.',
  'told-on-phone': 'Diese Nachricht lässt sich nur auf dem Telefon ansehen.',
  'advice-on-phone': 'WhatsApp gibt ihren Inhalt über die Schnittstelle nicht heraus.',
  'told-marketing-route': 'Diese Vorlage muss WhatsApp auf einem anderen Weg erreichen.',
  'advice-marketing-route':
    'Vorlage und Sendeweg passen nicht zusammen: Werbung mit Höchstpreis braucht die Werbeschnittstelle, alles andere die gewöhnliche.',
  'told-needs-phone': 'Für diese Nachricht verlangt WhatsApp eine Telefonnummer des Kontakts.',
  'advice-needs-phone':
    'Anmeldecodes gehen nicht an Kontakte, von denen nur der Benutzername bekannt ist.',
  'told-marketing-off': 'Werbung ist für dieses Konto abgeschaltet.',
  'advice-marketing-off':
    'In den Einstellungen des WhatsApp-Kontos ist Werbung über die Cloud API ausgeschaltet.',
  'told-misclassified':
    'WhatsApp hat den Versand begrenzt, weil Vorlagen falsch eingeordnet waren.',
  'advice-misclassified':
    'Vorlagen der Kategorie „Service“ enthielten Werbung. Kategorien im WhatsApp-Manager berichtigen.',
  'told-template-values': 'Vorlage passt nicht mehr (Platzhalter oder Sprache).',
  'advice-template-values':
    'Die Werte passen nicht zur Vorlage, wie WhatsApp sie hat: Anzahl, Art, Länge oder Zeilenumbrüche.',
  'told-template-missing': 'Diese Vorlage gibt es in dieser Sprache nicht oder nicht mehr.',
  'advice-template-missing':
    'Im WhatsApp-Manager nachsehen, ob sie gelöscht, umbenannt oder noch nicht freigegeben ist.',
  'told-template-policy': 'WhatsApp lehnt den Inhalt dieser Vorlage ab.',
  'advice-template-policy': 'Der Text verstößt gegen Regeln von Meta. Vorlage überarbeiten.',
  'told-template-paused': 'Vorlage ist wegen schlechter Bewertung pausiert.',
  'advice-template-paused':
    'Beim ersten Mal drei, beim zweiten sechs Stunden, danach wird sie deaktiviert. Empfängerkreis und Text prüfen.',
  'told-template-disabled': 'Vorlage ist deaktiviert.',
  'advice-template-disabled':
    'WhatsApp hat sie nach wiederholt schlechter Bewertung abgeschaltet. Eine neue einreichen.',
  'told-template-syncing': 'WhatsApp bereitet diese Vorlage noch vor.',
  'advice-template-syncing': 'Nichts zu tun: Das dauert bis zu zehn Minuten.',
  'told-template-limit': 'Das Konto hat die Höchstzahl an Vorlagen erreicht.',
  'advice-template-limit':
    'Nicht mehr gebrauchte Vorlagen löschen oder das Unternehmen verifizieren.',
  'told-template-form': 'WhatsApp nimmt diese Vorlage so nicht an.',
  'advice-template-form':
    'Form, Länge, Kopfzeile, Fußzeile oder die Lage der Platzhalter entspricht nicht den Regeln.',
  'told-flow': 'Das Formular in dieser Nachricht ist gerade nicht verfügbar.',
  'advice-flow': 'Zustand des Formulars (Flow) im WhatsApp-Manager prüfen.',
  'told-pin': 'Die PIN der eigenen Nummer stimmt nicht.',
  'advice-pin':
    'Zu viele oder falsche Eingaben der zweistufigen PIN. Warten oder die PIN im WhatsApp-Manager neu setzen.',
  'told-registering': 'Die eigene Nummer wird gerade an- oder abgemeldet.',
  'advice-registering':
    'Nach einer Abmeldung einige Minuten warten; nach vielen Versuchen sperrt WhatsApp das für 72 Stunden.',
  'told-phone-check': 'Die eigene Nummer ist noch nicht bestätigt.',
  'advice-phone-check':
    'Bestätigung oder Umzug der Nummer ist nicht abgeschlossen. Im WhatsApp-Manager fortsetzen.',
  'told-terms': 'Für Zahlungen fehlt eine Zustimmung.',
  'advice-terms': 'Im WhatsApp-Manager die Bedingungen für Zahlungen annehmen.',
  'told-identity': 'Der Sicherheitsschlüssel des Kontakts hat sich geändert.',
  'advice-identity':
    'Vielleicht nutzt jemand anderes die Nummer. Vor vertraulichen Angaben die Person bestätigen lassen.',
  'told-call': 'Der Anruf kam nicht zustande.',
  'advice-call':
    'Anrufe sind für die Nummer nicht eingerichtet, nicht erlaubt, oder ein Limit ist erreicht.',
  'told-block-list': 'Die Sperrliste wurde nicht geändert.',
  'advice-block-list':
    'Sie ist voll, oder eine andere Änderung läuft noch. Später erneut versuchen.',
  'told-business': 'Das Unternehmen ist bei Meta noch nicht verifiziert.',
  'advice-business': 'Die Unternehmensverifizierung bei Meta abschließen.',
  'told-username': 'Der Benutzername ließ sich nicht setzen.',
  'advice-username':
    'Er ist vergeben, oder das Konto muss zuerst mit Facebook oder Instagram verbunden werden.',
  'told-insights': 'Auswertungen für diese Vorlage gibt es nicht.',
  'advice-insights': 'Auswertungen für Vorlagen im WhatsApp-Manager einschalten.',
  'told-onboarding': 'Die Anbindung des Kontos ist nicht abgeschlossen.',
  'advice-onboarding': 'Die Einrichtung im WhatsApp-Manager oder in der Business-App fortsetzen.',
  'told-control': 'Diesen Kontakt betreut gerade eine andere Anwendung.',
  'advice-control':
    'In den Einstellungen der Gesprächsübergabe festlegen, welche Anwendung übernehmen darf.',
  'told-expired': 'Nicht gesendet: WhatsApp war zu lange nicht erreichbar.',
  'advice-expired':
    'Die Nachricht war zu alt geworden und wurde deshalb nicht mehr verschickt. Verbindung des Servers prüfen.',
  'told-dismissed': 'Verworfen. Ob die Nachricht angekommen ist, hat WhatsApp nicht mitgeteilt.',
  'advice-dismissed': 'Der Vorgang hilft dem Support von Meta beim Nachsehen.',
  'told-other': 'Nicht gesendet',
  'advice-other':
    'Diesen Code kennt Kontor noch nicht. Code und Vorgang im Support von Meta nachschlagen.',
} as const

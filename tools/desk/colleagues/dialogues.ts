/** What the demo's colleagues write, by contact. The contacts' own lines are in `simulator/scenarios/demo/conversations/`. */
export type Dialogue = {
  /** Reaches a contact whose reply window is closed; sent once, before the answers. */
  template?: { name: string; language: string; params: string[] }
  /** One after the other, each when the contact has written; the contact's lines answer to these. */
  answers: string[]
  /** To what the contact brings up when all that is said. */
  later?: string[]
  /** For the colleagues, after the first answer. */
  note?: string
}

export const dialogues: Record<string, Dialogue | undefined> = {
  // Lieferung

  'Oliver Grant': {
    answers: [
      'Great news, Mr Grant. 60 filters at 8.75 € can leave Hamburg on Thursday, and yes, we prepare the customs papers. How should they be delivered?',
      'Two pallets it is. I have booked Tuesday of next week for your yard. Where should we send the pro forma invoice?',
      'Done, it is on its way. You will get the tracking number on Thursday evening.',
    ],
    later: ['Of course, I will see to it.', 'I will ask the warehouse and come back to you today.'],
    note: 'Zwei Paletten nach Leeds für Dienstag gebucht. Zollpapiere macht wie immer die Spedition.',
  },
  'Amira Haddad': {
    answers: [
      'Guten Tag Frau Haddad, Donnerstag geht. Vormittags von 9 bis 12 oder nachmittags von 13 bis 17 Uhr?',
      'Eingetragen: Donnerstag, 13 bis 17 Uhr. Am Morgen bekommen Sie noch ein engeres Zeitfenster.',
    ],
    later: ['Das gebe ich dem Fahrer gern weiter.'],
  },
  'Siobhán Byrne': {
    answers: [
      'Hello Ms Byrne, no problem at all. The courier can come on Thursday afternoon or on Friday morning. Which suits you better?',
      'Friday between 9 and 12 is booked. The courier will text you the evening before.',
    ],
    later: [
      'Thank you, I have passed that on.',
      'The link is in the e-mail from the courier; it updates every hour.',
    ],
  },
  'Katarzyna Nowak': {
    answers: [
      'Guten Tag Frau Nowak, das tut uns leid, und danke für das Foto. Ist auch die Pumpe beschädigt, und haben Sie sie schon eingeschaltet?',
      'Gut, bitte lassen Sie sie aus. Möchten Sie eine neue Pumpe oder Ihr Geld zurück? Die beschädigte holen wir bei Ihnen ab.',
      'Die neue Pumpe geht heute auf den Weg, die alte holt der Fahrer am Mittwoch ab 16 Uhr ab. Bitte heben Sie den Karton bis dahin auf.',
    ],
    later: ['Danke, das hilft uns.', 'Nein, das übernehmen wir für Sie.'],
    note: 'Transportschaden, Foto liegt im Verlauf. Schadensmeldung an den Paketdienst ist raus.',
  },
  'Björn Håkansson': {
    answers: [
      'Hello Mr Håkansson, thank you for the photo. The second layer is indeed short. Did the driver note it on the delivery slip?',
      'That is all we need. The 12 missing boxes leave on Wednesday with the regular truck, free of charge.',
    ],
    later: ['Yes, two smaller pallets are no problem. I have noted it for your next order.'],
    note: 'Lager hat nachgezählt: 12 Kartons 30-1187 standen noch am Tor 4.',
  },
  'Marta Kowalczyk': {
    answers: [
      'Guten Tag Frau Kowalczyk, ja, der Wagen hat eine Hebebühne. Abgestellt wird hinter der ersten verschließbaren Tür. Reicht Ihnen das?',
      'Wunderbar, so habe ich es für den Spediteur vermerkt. Er meldet sich eine Stunde vorher.',
    ],
    later: [
      'Das ist sehr hilfreich, ich schreibe es dazu.',
      'Verstanden, dann kommt der Wagen nicht am Donnerstag.',
    ],
  },
  'Yusuf Arslan': {
    answers: [
      'Guten Tag Herr Arslan, die Bestellung ist da. Alles liegt am Lager, nur der Ölabscheider kommt erst am Mittwoch. Lieber zusammen oder in zwei Paketen?',
      'Dann geht alles am Mittwochabend per Express an die Werkstatt und ist am Donnerstag vor 12 Uhr bei Ihnen.',
    ],
    later: ['Gern, ist notiert.', 'Ja, das richte ich so ein.'],
  },
  'Nils Jansen': {
    answers: ['Moin Herr Jansen, liegt alles da. Geht heute raus und ist übermorgen bei Ihnen.'],
    later: ['Eine Dose lege ich dazu.'],
  },

  // Reparatur

  'Mehmet Öztürk': {
    answers: [
      'Moin Herr Öztürk, das klären wir sofort. Ja, vom K 300 gibt es zwei Ausführungen, gewechselt wurde 2012. Welches Baujahr steht auf dem Typenschild?',
      'Danke, dann passt der Satz 30-1186 mit dem größeren Lochkreis. Er liegt am Lager. Soll er heute per Express raus? Den falschen nehmen wir kostenlos zurück.',
      'Ist gebucht, Zustellung morgen bis 10 Uhr. Das Rücksendeetikett liegt im Paket.',
    ],
    later: ['Ja, beide sind da. Ich lege sie mit ins Paket.'],
    note: '30-1187 passt erst ab Baujahr 2012, das fehlt im Artikelstamm. Ist dem Einkauf gemeldet.',
  },
  'Claudia Reiß': {
    answers: [
      'Guten Tag Frau Reiß, danke für das Video. Bitte schließen Sie den Hahn links unter dem Gerät, den mit dem roten Griff. Wird es dann weniger?',
      'Gut so. Das ist die Verschraubung am Rücklauf. Herr Brandt kann in etwa einer Stunde bei Ihnen sein. Passt das?',
      'Ist eingetragen. Stellen Sie bis dahin am besten eine flache Schale darunter.',
    ],
    later: ['Das ist nicht nötig, solange nichts beschädigt ist. Herr Brandt sieht es sich an.'],
    note: '@Lukas: Verschraubung am Rücklauf, bitte Dichtung 30-0451 mitnehmen. Zufahrt nur über den Hof.',
  },
  'Karl-Heinz Opitz': {
    answers: [
      'Guten Tag Herr Opitz, danke für das Foto. E17 heißt, dass der Verdichter gesperrt ist. Drücken Sie bitte fünf Sekunden auf die rote Taste. Was zeigt das Display danach?',
      'Sehr gut. Warten Sie bitte ab, ob sie anläuft, und schreiben Sie mir dann kurz.',
      'Das freut uns. Kommt E17 wieder, melden Sie sich bitte gleich, dann schicken wir jemanden.',
    ],
    note: 'E17 zum dritten Mal in dieser Woche, immer NH 18 aus 2019. Bitte sammeln.',
  },
  'Hinrich Petersen': {
    template: { name: 'ersatzteil_da', language: 'de', params: ['Herr Petersen', '17-0092'] },
    answers: [
      'Alles klar, der 17-0092 geht heute noch raus. Lieferung auf den Hof, wie immer?',
      'Ist unterwegs, Herr Petersen. Die Rechnung liegt bei.',
    ],
  },
  'Werkstatt Lindner': {
    answers: [
      'Moin, danke für die Aufnahme. Das klingt nach dem Lager auf der Abtriebsseite. Wie viele Stunden hat er gelaufen?',
      'Dann ist es fällig. Lagersatz 30-2210, 64,90 € netto, liegt am Lager. Soll er heute mit?',
      'Beides ist auf dem Weg und morgen früh bei Ihnen.',
    ],
    later: ['Das sollte klappen, der Versand ist für heute bestätigt.'],
  },
  'James Whitfield': {
    answers: [
      'Good to hear, Mr Whitfield. Yes please, we would like to look at the bearing. I will e-mail you a prepaid label.',
      'Thank you. We will let you know what we find.',
    ],
    later: [
      'That is good to know, I have added it to the case.',
      '12 Nm, crosswise. It is on page 8 of the manual, too.',
    ],
  },
  'Gerd Thiessen': {
    answers: [
      'Guten Tag Herr Thiessen, danke, wir rufen Herrn Harms heute noch an. Kommt er in den Heizungskeller, oder brauchen wir einen Schlüssel?',
      'Das richten wir aus. Gute Reise!',
    ],
    later: ['Etwa zwei Stunden, am Vormittag.'],
    note: 'Herr Harms ist erreicht: Donnerstag 8 Uhr, Schlüssel ist da.',
  },
  'Robin Ellis': {
    answers: [
      'Hi Robin, yes, you can. Open the filling valve under the unit slowly until the gauge shows 1.6 bar, then close it again.',
      'Great. If it drops again within a week, let us know: then there is a leak somewhere.',
    ],
    later: [
      'Thanks, that helps.',
      'Yes, that is normal in cold nights. It keeps the heat exchanger free of ice.',
    ],
  },
  'Hannelore Wiechmann': {
    answers: [
      'Guten Tag Frau Wiechmann, gern. Der Bericht ist gerade per E-Mail an Sie gegangen. Dürfen wir Ihre netten Worte weitergeben?',
    ],
  },

  // Rechnung

  'Fiona Gallagher': {
    answers: [
      'Hello Ms Gallagher, of course. Is the address on the invoice still right, or should I change that as well?',
      'Thank you. The corrected invoice is on its way to your e-mail address, and the old one is cancelled.',
    ],
    later: [
      'Understood, you have it in time.',
      'Yes, I have changed the address for all future invoices.',
    ],
  },
  'Wolfgang Preuß': {
    template: {
      name: 'rueckfrage_offen',
      language: 'de',
      params: ['Herr Preuß', 'Mahnung MA-2026-0318'],
    },
    answers: [
      'Guten Tag Herr Preuß, Ihre Zahlung ist da, sie war nur einer anderen Rechnung zugeordnet. Die Mahnung ist aufgehoben, es ist nichts mehr offen.',
      'Die Bestätigung ist unterwegs. Bitte entschuldigen Sie das Versehen.',
    ],
    note: 'Zahlung war auf RE-2026-11520 gebucht, ist umgebucht. Mahngebühr storniert.',
  },
  'Monika Zielinski': {
    answers: [
      'Guten Tag Frau Zielinski, das ist möglich: drei Raten zu je 128,40 €, ohne Aufschlag. Sollen wir es so einrichten?',
      'Ist eingerichtet. Die Vereinbarung kommt per E-Mail, Sie müssen sie nur kurz bestätigen.',
    ],
    later: ['Ja, nur einmal kurz, der Link steht in der E-Mail.'],
  },
  'Ingrid Sommerfeld': {
    answers: [
      'Guten Tag Frau Sommerfeld, danke für die Nachricht. Ich sehe beide Buchungen, die zweite ist unser Fehler. Darf ich sie auf dasselbe Konto zurückgeben?',
      'Ist veranlasst. Die 89 € sind in zwei bis drei Werktagen bei Ihnen. Bitte entschuldigen Sie die Umstände.',
    ],
    later: ['Ja, die Gutschrift kommt zusätzlich per Post.'],
  },
  'Sophie Lambert': {
    answers: [
      'Hello Ms Lambert, of course. The new version with the IBAN is on its way to your e-mail address.',
      'Perfect. As soon as it is here we ship the controllers.',
    ],
    later: ['I have added it. The new version is in your inbox.'],
  },
  'Anna-Lena Schröder': {
    answers: [
      'Guten Tag Frau Schröder, das ist nett, dass Sie sich melden. Den Beutel dürfen Sie gern behalten.',
    ],
    later: ['Ja, die GP 4 Silent. Ich schicke Ihnen das Datenblatt per E-Mail.'],
  },
  'Jürgen Fischer': {
    answers: [
      'Guten Tag Herr Fischer, das ist bereits geändert: Alle künftigen Rechnungen gehen an die neue Anschrift.',
      'Ja, das Leistungsdatum steht auf Seite 2 oben rechts.',
    ],
  },
  'Nadine Feldmann': {
    answers: ['Guten Tag Frau Feldmann, gern. Die Rechnung ist gerade per E-Mail an Sie gegangen.'],
  },
}

/** The emoji a service team uses, with the words they are found by in German and English. Native glyphs. */
export const emoji: readonly (readonly [glyph: string, words: string])[] = [
  ['😀', 'lachen grinsen freude smile grin happy'],
  ['😊', 'lächeln freundlich smile friendly blush'],
  ['🙂', 'lächeln leicht slight smile'],
  ['😉', 'zwinkern wink'],
  ['😄', 'strahlen lachen laugh happy'],
  ['😂', 'tränen lachen joy tears laugh'],
  ['🤣', 'kugeln lachen rolling laugh'],
  ['😍', 'verliebt herzaugen love eyes'],
  ['🤗', 'umarmung hug'],
  ['🤔', 'nachdenken überlegen think'],
  ['😅', 'schwitzen erleichtert sweat phew'],
  ['😌', 'erleichtert ruhig relieved calm'],
  ['😎', 'cool sonnenbrille sunglasses'],
  ['😇', 'engel brav angel'],
  ['😐', 'neutral'],
  ['😕', 'verwirrt confused'],
  ['😔', 'traurig nachdenklich sad pensive'],
  ['😢', 'weinen traurig cry sad'],
  ['😮', 'erstaunt surprised wow'],
  ['😴', 'schlafen müde sleep tired'],
  ['🤒', 'krank fieber sick ill'],
  ['🙈', 'affe peinlich monkey oops'],
  ['👍', 'daumen hoch gut ja thumbs up yes good'],
  ['👎', 'daumen runter nein thumbs down no'],
  ['👌', 'perfekt ok okay perfect'],
  ['✌️', 'frieden sieg peace victory'],
  ['🤝', 'handschlag einig deal handshake'],
  ['👏', 'applaus klatschen clap applause'],
  ['🙏', 'danke bitte thanks please pray'],
  ['💪', 'stark kraft strong muscle'],
  ['👋', 'hallo winken tschüss hello wave bye'],
  ['☝️', 'hinweis finger point note'],
  ['🤞', 'daumen drücken glück fingers crossed luck'],
  ['🙌', 'jubel feiern hooray hands'],
  ['❤️', 'herz liebe heart love red'],
  ['💙', 'herz blau heart blue'],
  ['💚', 'herz grün heart green'],
  ['⭐', 'stern star'],
  ['✨', 'glitzer funkeln sparkles'],
  ['🎉', 'feiern party glückwunsch celebrate congratulations'],
  ['🎁', 'geschenk gift present'],
  ['🎂', 'geburtstag kuchen birthday cake'],
  ['💐', 'blumen strauß flowers bouquet'],
  ['🌞', 'sonne sommer sun summer'],
  ['❄️', 'schnee winter snow'],
  ['☕', 'kaffee pause coffee break'],
  ['✅', 'erledigt haken fertig check done'],
  ['❌', 'nein falsch kreuz no wrong cross'],
  ['⚠️', 'achtung warnung warning'],
  ['❗', 'ausrufezeichen wichtig important exclamation'],
  ['❓', 'frage fragezeichen question'],
  ['ℹ️', 'info hinweis information'],
  ['🔥', 'feuer heiß fire hot'],
  ['💡', 'idee tipp licht idea tip bulb'],
  ['📦', 'paket lieferung sendung parcel package delivery'],
  ['🚚', 'lieferwagen versand lieferung truck delivery shipping'],
  ['✈️', 'flug flugzeug flight plane'],
  ['🏠', 'haus zuhause adresse home house address'],
  ['📍', 'ort standort adresse location pin place'],
  ['📅', 'kalender termin datum calendar date appointment'],
  ['⏰', 'wecker uhrzeit termin alarm time clock'],
  ['⏳', 'warten sanduhr wait hourglass'],
  ['📞', 'telefon anruf phone call'],
  ['📧', 'e-mail mail'],
  ['📎', 'anhang datei attachment paperclip'],
  ['📄', 'dokument rechnung document invoice page'],
  ['📷', 'foto kamera photo camera'],
  ['💶', 'euro geld bezahlen money pay'],
  ['💳', 'karte zahlung card payment'],
  ['🔧', 'werkzeug reparatur tool repair wrench'],
  ['🔑', 'schlüssel zugang key access'],
  ['🔍', 'suche lupe search'],
]

/** Those that one of the words begins with, all of them for nothing. Any case, and umlauts may be left out. */
export function findEmoji(query: string): string[] {
  const wanted = fold(query.trim())
  return emoji
    .filter(([, words]) =>
      fold(words)
        .split(' ')
        .some((word) => word.startsWith(wanted)),
    )
    .map(([glyph]) => glyph)
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '')
}

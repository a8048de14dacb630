/** Letters that are one sign everywhere and yet written as others when the sign is not at hand. */
const signs: Record<string, string> = {
  ß: 'ss',
  ı: 'i',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ς: 'σ',
}
const anySign = new RegExp(`[${Object.keys(signs).join('')}]`, 'g')
const spelt: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' }
const isPlain = /^[\0-\x7f]*$/

/** Lower case without marks, so that `Müßig` and `mussig` are found by one another: ä→a, ß→ss, ı→i, é→e. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (isPlain.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(anySign, (sign) => signs[sign] ?? sign)
}

/** The same with umlauts written out, as where a keyboard has none: ä→ae. */
export function foldSpelt(text: string): string {
  const lower = text.toLowerCase()
  if (isPlain.test(lower)) return lower
  return fold(lower.normalize('NFC').replace(/[äöü]/g, (umlaut) => spelt[umlaut] ?? umlaut))
}

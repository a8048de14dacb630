/**
 * Text that PostgreSQL's jsonb and every JSON parser accept: NUL characters are dropped and lone
 * surrogates become U+FFFD. The exact bytes a customer sent stay in the raw webhook.
 */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

/** The same for every string inside a JSON value, keys included. What is storable already is not copied. */
export function storableJson<T>(value: T): T {
  return isStorable(value) ? value : mended(value)
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isStorable)
  for (const key in value) {
    if (!isStorable(key) || !isStorable(Reflect.get(value, key))) return false
  }
  return true
}

function mended<T>(value: T): T {
  if (typeof value === 'string') return storable(value) as T // the same type back: string stays string
  if (Array.isArray(value)) {
    const items: unknown[] = value
    return items.map((inner) => mended(inner)) as T // element by element, so the array keeps its type
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, inner]) => [
      storable(key),
      mended<unknown>(inner),
    ])
    return Object.fromEntries(entries) as T // the same keys with the same kinds of values
  }
  return value
}

/** How many bytes the text takes as UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** At most `max` UTF-16 units, never cutting a surrogate pair, with an ellipsis where something is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`
}

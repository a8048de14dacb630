/**
 * Text that PostgreSQL's jsonb and every JSON parser accept: NUL characters are dropped and lone
 * surrogates become U+FFFD. The exact bytes a customer sent stay in the raw webhook.
 */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

/** The same for every string inside a JSON value, keys included. */
export function storableJson<T>(value: T): T {
  if (typeof value === 'string') return storable(value) as T // the same type back: string stays string
  if (Array.isArray(value)) {
    const items: unknown[] = value
    return items.map((inner) => storableJson(inner)) as T // element by element, so the array keeps its type
  }
  if (value !== null && typeof value === 'object') {
    const mended: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(value))
      mended[storable(key)] = storableJson<unknown>(inner)
    return mended as T // the same keys with the same kinds of values
  }
  return value
}

/** At most `max` UTF-16 units, never cutting a surrogate pair, with an ellipsis where something is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`
}

/** `www.` is how people write an address; what it leads to is https. */
const start = /(?:https?:\/\/|www\.|mailto:|tel:(?=[+\d]))/iy
/** Up to white space, quotes and angle brackets, control and text-direction characters (which could disguise an address). */
// eslint-disable-next-line no-control-regex -- control characters are exactly what must end a link
const rest = /[^\s\u0000-\u0020\u007f-\u009f<>"„“”«»\u200b-\u200f\u202a-\u202e\u2060-\u206f]+/y
const closing = /[.,;:!?'’*_~`)\]}…]/

export type Link = { text: string; href: string }

/**
 * The link that starts at `from`, or nothing. Only https, http, mailto and tel lead anywhere; every other scheme is
 * text. Marks that end a sentence or a format are not part of it; a closing parenthesis is when it was opened inside.
 */
export function linkAt(text: string, from: number): Link | undefined {
  start.lastIndex = from
  const scheme = start.exec(text)?.[0]
  if (scheme === undefined) return undefined
  rest.lastIndex = from + scheme.length
  const tail = trimmed(rest.exec(text)?.[0] ?? '')
  if (tail === '') return undefined
  const written = scheme + tail
  return { text: written, href: scheme.toLowerCase() === 'www.' ? `https://${written}` : written }
}

function trimmed(tail: string): string {
  let depth = 0
  for (const char of tail) depth += char === '(' ? 1 : char === ')' ? -1 : 0
  let end = tail.length
  while (end > 0) {
    const char = tail.charAt(end - 1)
    if (!closing.test(char) || (char === ')' && depth >= 0)) break
    if (char === ')') depth += 1
    end -= 1
  }
  return tail.slice(0, end)
}

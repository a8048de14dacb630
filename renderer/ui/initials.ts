/** Up to two characters for an avatar: `DM` for Dörte Müller-Lüdenscheidt, `@l` for @lena.hh, `+4` for a number. */
export function initials(name: string): string {
  const trimmed = name.trim()
  if (trimmed.startsWith('@') || trimmed.startsWith('+')) return trimmed.slice(0, 2)
  const words = trimmed.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const [first, ...others] = words
  if (first === undefined) return [...trimmed].slice(0, 1).join('') || '?'
  const last = others.at(-1)
  return `${firstLetter(first)}${last === undefined ? '' : firstLetter(last)}`.toLocaleUpperCase()
}

function firstLetter(word: string): string {
  return [...word][0] ?? ''
}

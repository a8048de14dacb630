const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 of a text's UTF-8, with padding. */
export function base64Of(text: string): string {
  const bytes = utf8Of(text)
  let encoded = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3)
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const letter = (shift: number) => alphabet[(bits >> shift) & 63] ?? ''
    encoded += letter(18) + letter(12)
    encoded += (b === undefined ? '=' : letter(6)) + (c === undefined ? '=' : letter(0))
  }
  return encoded
}

function utf8Of(text: string): number[] {
  const escaped = encodeURIComponent(text.toWellFormed())
  return (escaped.match(/%..|./g) ?? []).map((part) =>
    part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
  )
}

/** 64 bits, as two numbers of 32 without a sign. */
export type Hash64 = { readonly high: number; readonly low: number }

const begin = 0x9e3779b9 + 3_923_095
/**
 * What PostgreSQL calls `hashtextextended(text, seed)`: Bob Jenkins' lookup3 over the text's bytes. Both ends of a wire
 * can work it out, and it is quick in both. It guards against mistakes, not against anybody's intent.
 *
 * @param text of ASCII, as ids are
 * @param seed a whole number, not below zero
 */
export function hash64(text: string, seed: number): Hash64 {
  const { length } = text
  let a = (begin + length) | 0
  let b = a
  let c = a
  let at = seed === 0 ? 0 : -12 // a seed goes before the text as twelve bytes would
  for (; length - at >= 12; at += 12) {
    a = (a + (at < 0 ? Math.floor(seed / 0x1_0000_0000) : word(text, at))) | 0
    b = (b + (at < 0 ? seed : word(text, at + 4))) | 0
    c = (c + (at < 0 ? 0 : word(text, at + 8))) | 0
    a = (a - c) ^ turned(c, 4)
    c = (c + b) | 0
    b = (b - a) ^ turned(a, 6)
    a = (a + c) | 0
    c = (c - b) ^ turned(b, 8)
    b = (b + a) | 0
    a = (a - c) ^ turned(c, 16)
    c = (c + b) | 0
    b = (b - a) ^ turned(a, 19)
    a = (a + c) | 0
    c = (c - b) ^ turned(b, 4)
    b = (b + a) | 0
  }
  a = (a + word(text, at)) | 0
  b = (b + word(text, at + 4)) | 0
  c = (c + (word(text, at + 8) << 8)) | 0 // its lowest byte is the length's
  c = ((c ^ b) - turned(b, 14)) | 0
  a = ((a ^ c) - turned(c, 11)) | 0
  b = ((b ^ a) - turned(a, 25)) | 0
  c = ((c ^ b) - turned(b, 16)) | 0
  a = ((a ^ c) - turned(c, 4)) | 0
  b = ((b ^ a) - turned(a, 14)) | 0
  c = ((c ^ b) - turned(b, 24)) | 0
  return { high: b >>> 0, low: c >>> 0 }
}

/** Four bytes of the text, the first one lowest; nought for those behind its end. */
function word(text: string, at: number): number {
  return (
    byte(text, at) |
    (byte(text, at + 1) << 8) |
    (byte(text, at + 2) << 16) |
    (byte(text, at + 3) << 24)
  )
}

function byte(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0
}

function turned(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/** How deep a body may nest; Meta's deepest known one has 14 levels. */
const maxDepth = 64

type Parsed = { ok: true; value: unknown } | { ok: false; reason: string }

/**
 * Reads a webhook body. Never throws and never recurses over what a stranger nested. Integers beyond 2^53, such as
 * template ids, come back as strings, because as numbers they would not survive. The reason quotes nothing of the body.
 */
export function parseBody(bytes: Uint8Array): Parsed {
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') return { ok: false, reason: 'the body is empty' }
  const { depth, long } = survey(text)
  if (depth > maxDepth) return { ok: false, reason: `nested deeper than ${maxDepth} levels` }
  try {
    return { ok: true, value: JSON.parse(quoted(text, long)) }
  } catch {
    return { ok: false, reason: 'not JSON' }
  }
}

type Span = readonly [start: number, end: number]

const quote = 0x22
const backslash = 0x5c

/** One pass without a stack: how deep it nests, and where integers stand that a number cannot hold. */
function survey(text: string): { depth: number; long: Span[] } {
  const long: Span[] = []
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, (depth += 1))
    else if (code === 0x5d || code === 0x7d) depth -= 1
    else if (isDigit(code)) {
      const end = endOfNumber(text, at)
      const start = text[at - 1] === '-' ? at - 1 : at
      if (isTooLong(text.slice(start, end))) long.push([start, end])
      at = end - 1
    }
  }
  return { depth: deepest, long }
}

function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1)
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at < 0 ? text.length : at
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === backslash) before -= 1
  return (at - before) % 2 === 0
}

function endOfNumber(text: string, start: number): number {
  let end = start
  while (end < text.length && /[\d.eE+-]/.test(text[end] ?? '')) end += 1
  return end
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isTooLong(token: string): boolean {
  return token.length > 15 && /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))
}

function quoted(text: string, spans: readonly Span[]): string {
  let done = 0
  let result = ''
  for (const [start, end] of spans) {
    result += `${text.slice(done, start)}"${text.slice(start, end)}"`
    done = end
  }
  return result + text.slice(done)
}

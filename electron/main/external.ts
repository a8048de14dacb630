const MAX_LENGTH = 2048

/**
 * The address to hand to the operating system for a link somebody clicked, or null when it stays closed. A customer
 * may have written it: only the web over TLS, mail and telephone, and nothing that hides where it leads.
 */
export function externalAddress(link: string): string | null {
  if (link.length > MAX_LENGTH || hasControlCharacter(link) || !URL.canParse(link)) return null
  const url = new URL(link)
  if (url.username !== '' || url.password !== '') return null
  if (url.protocol === 'https:') return url.hostname === '' ? null : url.href
  if (url.protocol === 'mailto:') return isMail(url) ? url.href : null
  if (url.protocol === 'tel:') return /^tel:\+?[\d\-.() ]{2,32}$/.test(link) ? link : null
  return null
}

/** At most so many in a minute; what comes faster is no person clicking. */
export function limitPerMinute(count: number, nowMs: () => number): () => boolean {
  let openedAtMs: number[] = []
  return () => {
    openedAtMs = openedAtMs.filter((atMs) => atMs > nowMs() - 60_000)
    if (openedAtMs.length >= count) return false
    openedAtMs.push(nowMs())
    return true
  }
}

/** Some mail programs attach the file a link names: only whom, what about and what is said. */
function isMail(url: URL): boolean {
  const allowed = ['subject', 'body', 'cc']
  return (
    url.pathname.includes('@') &&
    [...url.searchParams.keys()].every((key) => allowed.includes(key.toLowerCase()))
  )
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\u007f')
}

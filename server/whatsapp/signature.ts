import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether `header` (X-Hub-Signature-256) was made over exactly these bytes with one of our secrets: the current one
 * or, while it is being changed, the one before. @see facts 5.3
 */
export function isSigned(
  bytes: Uint8Array,
  header: string | undefined,
  secrets: readonly string[],
): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1]
  if (given === undefined) return false
  const signature = Buffer.from(given, 'hex')
  // Every secret is tried, so that time tells nothing about which one fitted.
  return secrets
    .filter((secret) => secret !== '')
    .map((secret) =>
      timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), signature),
    )
    .includes(true)
}

/** Compares secrets of any length in a time that depends on neither. */
export function isSameSecret(given: string, ours: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return ours !== '' && timingSafeEqual(digest(given), digest(ours))
}

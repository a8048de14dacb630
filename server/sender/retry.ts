import type { SendError } from '../../core/domain/message.ts'

/** Code of WhatsApp's limit between us and one contact. */
const pairLimit = 131056
const longestMs = 5 * 60_000

/**
 * How long a refused message waits for its next try: any time up to 1 s · 2^(n − 1), so that many do not come back at
 * once; 4^n s where WhatsApp asks for just that (facts 9).
 *
 * @param attempt tries so far, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(error: SendError, attempt: number, random: number): number {
  return (
    pairDelayMs(error, attempt) ??
    Math.round(random * Math.min(longestMs, 1000 * 2 ** (attempt - 1)))
  )
}

/** How long WhatsApp wants nothing more of us for this contact; undefined when that was not the trouble. */
export function pairDelayMs({ code }: SendError, attempt: number): number | undefined {
  return code === pairLimit ? Math.min(longestMs, 1000 * 4 ** attempt) : undefined
}

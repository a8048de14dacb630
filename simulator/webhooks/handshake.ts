import { randomInt } from 'node:crypto'

/**
 * Asks an address to prove that it expects us: it must answer 200 with the challenge it was given.
 *
 * @returns what went wrong, or undefined
 */
export async function handshakeFault(
  url: string,
  verifyToken: string,
): Promise<string | undefined> {
  const challenge = String(randomInt(100_000_000, 2_000_000_000))
  const address = new URL(url)
  address.searchParams.set('hub.mode', 'subscribe')
  address.searchParams.set('hub.challenge', challenge)
  address.searchParams.set('hub.verify_token', verifyToken)
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    const text = await answer.text()
    if (answer.status !== 200) {
      return `HTTP Status Code = ${answer.status}; HTTP Message = ${answer.statusText}`
    }
    return text === challenge
      ? undefined
      : `Response does not match challenge, expected value="${challenge}"`
  } catch {
    return 'The URL could not be reached.'
  }
}

/**
 * People who come from an ad: once the firm has answered within a day, everything is free for three days.
 * @see https://developers.facebook.com/docs/whatsapp/pricing#free-entry-point-conversations
 */
import type { Customer } from '../world/customer.ts'
import type { SentMessage } from '../world/message.ts'

const answerWithinMs = 24 * 3_600_000
const freeForMs = 72 * 3_600_000

export function comeFromAd(customer: Customer, numberId: string, atMs: number): void {
  customer.cameFromAdAtMs.set(numberId, atMs)
}

/** The firm answers: the first answer after an ad opens the free time. */
export function noteAnswer({ customer, numberId, acceptedAtMs }: SentMessage): void {
  const cameAtMs = customer?.cameFromAdAtMs.get(numberId)
  if (!customer || cameAtMs === undefined) return
  customer.cameFromAdAtMs.delete(numberId)
  if (acceptedAtMs > cameAtMs + answerWithinMs) return
  customer.freeUntilMs.set(numberId, acceptedAtMs + freeForMs)
}

/** Until when all is free; undefined when it is not. */
export function freeUntilMs(
  customer: Customer | undefined,
  numberId: string,
  nowMs: number,
): number | undefined {
  const untilMs = customer?.freeUntilMs.get(numberId)
  return untilMs !== undefined && nowMs < untilMs ? untilMs : undefined
}

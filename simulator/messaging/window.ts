import type { Customer } from '../world/customer.ts'

/** @see https://developers.facebook.com/docs/whatsapp/pricing#customer-service-windows */
const windowMs = 24 * 3_600_000

/** Whether the customer wrote to the number within 24 hours, counted from the message's own time. */
export function isWindowOpen(customer: Customer, numberId: string, nowMs: number): boolean {
  const lastMs = customer.lastWroteAtMs.get(numberId)
  return lastMs !== undefined && nowMs < lastMs + windowMs
}

/** What is not a new message of the customer's: news of their account, a chat looked into, changes to older ones. */
const others = ['system', 'request_welcome', 'edit', 'revoke']

export function opensWindow(type: string): boolean {
  return !others.includes(type)
}

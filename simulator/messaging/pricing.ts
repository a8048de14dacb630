import type { JsonObject } from '../json.ts'
import type { SentMessage } from '../world/message.ts'
import { freeUntilMs } from './free-entry.ts'
import type { World } from '../world/world.ts'

/** Free-form messages delivered by a number in a month that cost nothing, since 2026-10-01. */
const freeServiceMessages = 1000

/** What a status says of a message's price; reactions carry no price. */
export function pricingOf(world: World, message: SentMessage): JsonObject | undefined {
  if (message.type === 'reaction') return undefined
  if (freeUntilMs(message.customer, message.numberId, world.clock.nowMs()) !== undefined) {
    const category = 'referral_conversion'
    return { billable: false, pricing_model: 'PMP', type: 'free_entry_point', category }
  }
  if (message.template) {
    const category = message.isMarketingLite
      ? 'marketing_lite'
      : message.template.category.toLowerCase()
    return { billable: true, pricing_model: 'PMP', type: 'regular', category }
  }
  const isFree = (world.serviceCount.get(monthKey(world, message)) ?? 0) < freeServiceMessages
  return {
    billable: !isFree,
    pricing_model: 'PMP',
    type: isFree ? 'free_customer_service' : 'regular',
    category: 'service',
  }
}

/** Counts a free-form message that was delivered. */
export function countDelivered(world: World, message: SentMessage): void {
  if (message.template || message.type === 'reaction') return
  const key = monthKey(world, message)
  world.serviceCount.set(key, (world.serviceCount.get(key) ?? 0) + 1)
}

const months = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
})

/** The month is the account's own, so it turns at midnight in Berlin. */
function monthKey(world: World, message: SentMessage): string {
  return `${message.numberId} ${months.format(world.clock.nowMs())}`
}

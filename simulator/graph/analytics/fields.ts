import type { World } from '../../world/world.ts'
import type { NodeFields } from '../fields.ts'
import { conversationAnalytics } from './conversations.ts'
import { messagingAnalytics } from './messaging.ts'
import { pricingAnalytics } from './pricing.ts'

/** The account's fields that are asked with arguments: `analytics.start(1).end(2).granularity(DAY)`. */
export function analyticsFields(world: World): NodeFields {
  return {
    analytics: (given) => messagingAnalytics(world, given),
    conversation_analytics: (given) => conversationAnalytics(world, given),
    pricing_analytics: (given) => pricingAnalytics(world, given),
  }
}

/** The older way of counting: conversations of 24 hours, by category. */
import type { World } from '../../world/world.ts'
import type { Arguments } from '../fields.ts'
import { deliveriesOf, type Delivery } from './deliveries.ts'
import { choicesIn, granularityIn, spanIn, wantedIn } from './given.ts'
import { dataPoints, total, type DataPoint } from './group.ts'

const conversationMs = 24 * 3_600_000
const dimensions = [
  'CONVERSATION_CATEGORY',
  'CONVERSATION_DIRECTION',
  'CONVERSATION_TYPE',
  'COUNTRY',
  'PHONE',
] as const

/** It begins with its first delivered message and costs what all of them do. */
type Conversation = Delivery & { costs: number[] }

export function conversationAnalytics(world: World, given: Arguments) {
  const { startMs, endMs } = spanIn(given)
  const granularity = granularityIn(given, ['HALF_HOUR', 'DAILY', 'MONTHLY'])
  const apart = choicesIn(given, 'dimensions', dimensions)
  const metrics = choicesIn(given, 'metric_types', ['COST', 'CONVERSATION'])
  const has = (metric: string) => metrics.length === 0 || metrics.includes(metric)
  const isCategory = wantedIn(given, 'conversation_categories')
  const isType = wantedIn(given, 'conversation_types')
  const isDirection = wantedIn(given, 'conversation_directions')
  const isPhone = wantedIn(given, 'phone_numbers')
  const isCountry = wantedIn(given, 'country_codes')
  const counted = conversationsOf(world).filter(
    (one) =>
      one.atMs >= startMs &&
      one.atMs < endMs &&
      isCategory(one.category) &&
      isType(typeOf(one)) &&
      isDirection(directionOf(one)) &&
      isPhone(one.phone) &&
      isCountry(one.country),
  )
  const points = dataPoints(
    counted,
    granularity,
    (one) => membersOf(one, apart),
    (all) => ({
      ...(has('CONVERSATION') ? { conversation: all.length } : {}),
      ...(has('COST') ? { cost: total(all.flatMap(({ costs }) => costs)) } : {}),
    }),
  )
  return { data: points.length === 0 ? [] : [{ data_points: points }] }
}

function conversationsOf(world: World): Conversation[] {
  const open = new Map<string, Conversation>()
  const all: Conversation[] = []
  for (const one of deliveriesOf(world)) {
    const key = `${one.phone} ${one.customerId} ${one.category}`
    const current = open.get(key)
    if (current && one.atMs < current.atMs + conversationMs) {
      current.costs.push(one.cost)
      continue
    }
    const begun = { ...one, costs: [one.cost] }
    open.set(key, begun)
    all.push(begun)
  }
  return all
}

function membersOf(one: Conversation, apart: string[]): DataPoint {
  return {
    ...(apart.includes('PHONE') ? { phone_number: one.phone } : {}),
    ...(apart.includes('COUNTRY') ? { country: one.country } : {}),
    ...(apart.includes('CONVERSATION_TYPE') ? { conversation_type: typeOf(one) } : {}),
    ...(apart.includes('CONVERSATION_DIRECTION')
      ? { conversation_direction: directionOf(one) }
      : {}),
    ...(apart.includes('CONVERSATION_CATEGORY')
      ? { conversation_category: one.category.toUpperCase() }
      : {}),
  }
}

const types: Record<string, string | undefined> = {
  free_entry_point: 'FREE_ENTRY_POINT',
  free_customer_service: 'FREE_TIER',
}

function typeOf({ type }: Delivery): string {
  return types[type] ?? 'REGULAR'
}

function directionOf({ isTemplate }: Delivery): string {
  return isTemplate ? 'BUSINESS_INITIATED' : 'USER_INITIATED'
}

/** What delivered messages cost, by list price. */
import type { World } from '../../world/world.ts'
import type { Arguments } from '../fields.ts'
import { deliveriesOf, type Delivery } from './deliveries.ts'
import { choicesIn, granularityIn, spanIn, wantedIn } from './given.ts'
import { dataPoints, total, type DataPoint } from './group.ts'

const dimensions = ['COUNTRY', 'PHONE', 'PRICING_CATEGORY', 'PRICING_TYPE', 'TIER'] as const

export function pricingAnalytics(world: World, given: Arguments) {
  const { startMs, endMs } = spanIn(given)
  const granularity = granularityIn(given, ['HALF_HOUR', 'DAILY', 'MONTHLY'])
  const apart = choicesIn(given, 'dimensions', dimensions)
  const metrics = choicesIn(given, 'metric_types', ['COST', 'VOLUME'])
  const has = (metric: string) => metrics.length === 0 || metrics.includes(metric)
  const isType = wantedIn(given, 'pricing_types')
  const isCategory = wantedIn(given, 'pricing_categories')
  const isCountry = wantedIn(given, 'country_codes')
  const isPhone = wantedIn(given, 'phone_numbers')
  const counted = deliveriesOf(world).filter(
    (one) =>
      one.atMs >= startMs &&
      one.atMs < endMs &&
      isType(one.type) &&
      isCategory(categoryName(one)) &&
      isCountry(one.country) &&
      isPhone(one.phone),
  )
  const points = dataPoints(
    counted,
    granularity,
    (one) => membersOf(one, apart),
    (all) => ({
      ...(has('VOLUME') ? { volume: all.length } : {}),
      ...(has('COST') ? { cost: total(all.map(({ cost }) => cost)) } : {}),
    }),
  )
  return { data: points.length === 0 ? [] : [{ data_points: points }] }
}

/** Each dimension asked for is a member that keeps data points apart. */
function membersOf(one: Delivery, apart: string[]): DataPoint {
  return {
    ...(apart.includes('COUNTRY') ? { country: one.country } : {}),
    ...(apart.includes('PHONE') ? { phone_number: one.phone } : {}),
    ...(apart.includes('TIER') ? { tier: '0:MAX' } : {}),
    ...(apart.includes('PRICING_TYPE') ? { pricing_type: one.type.toUpperCase() } : {}),
    ...(apart.includes('PRICING_CATEGORY') ? { pricing_category: categoryName(one) } : {}),
  }
}

function categoryName({ category }: Delivery): string {
  return category.toUpperCase().replace('-', '_')
}

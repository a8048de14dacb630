/** How many messages were sent and delivered. */
import { digitsOf } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import type { Arguments } from '../fields.ts'
import { countryOf, phoneOf } from './deliveries.ts'
import { granularityIn, spanIn, wantedIn } from './given.ts'
import { dataPoints } from './group.ts'

const templates = '0'
const freeForm = '2'

export function messagingAnalytics(world: World, given: Arguments) {
  const { startMs, endMs } = spanIn(given)
  const granularity = granularityIn(given, ['HALF_HOUR', 'DAY', 'MONTH'])
  const isPhone = wantedIn(given, 'phone_numbers')
  const isProduct = wantedIn(given, 'product_types')
  const isCountry = wantedIn(given, 'country_codes')
  const messages = [...world.sent.values()].filter(
    (one) =>
      isPhone(phoneOf(world, one)) &&
      isProduct(one.template ? templates : freeForm) &&
      isCountry(countryOf(one)),
  )
  const events = messages
    .flatMap(({ wamid }) => world.histories.of(wamid)?.events ?? [])
    .filter(({ status, atMs }) => {
      return (status === 'sent' || status === 'delivered') && atMs >= startMs && atMs < endMs
    })
  return {
    phone_numbers: [...world.numbers.values()]
      .map((one) => digitsOf(one.display_phone_number))
      .filter(isPhone),
    country_codes: [...new Set(messages.map(countryOf))].filter(Boolean),
    granularity,
    data_points: dataPoints(
      events,
      granularity,
      () => ({}),
      (all) => {
        const sent = all.filter(({ status }) => status === 'sent').length
        return { sent, delivered: all.length - sent }
      },
    ),
  }
}

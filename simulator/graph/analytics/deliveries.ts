import { textAt } from '../../json.ts'
import type { SentMessage } from '../../world/message.ts'
import { digitsOf } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { rateOf } from './rates.ts'

/** A message that was delivered and has a price, even if that price is nothing. */
export type Delivery = {
  atMs: number
  phone: string
  country: string
  customerId: string
  /** In lower case: `utility`, `service`, `marketing_lite`. */
  category: string
  /** In lower case: `regular`, `free_customer_service`, `free_entry_point`. */
  type: string
  cost: number
  isTemplate: boolean
}

/** In the order in which they were delivered. A message that is only known to be read counts as delivered then. */
export function deliveriesOf(world: World): Delivery[] {
  const found = [...world.sent.values()].flatMap((message) => deliveryOf(world, message) ?? [])
  return found.sort((one, two) => one.atMs - two.atMs)
}

function deliveryOf(world: World, message: SentMessage): Delivery | undefined {
  const events = world.histories.of(message.wamid)?.events ?? []
  const arrival = events.find(({ status }) => status === 'delivered' || status === 'read')
  const pricing = arrival?.pricing ?? events.find((one) => one.pricing)?.pricing
  const { customer } = message
  if (!arrival || !pricing || !customer) return undefined
  const category = textAt(pricing, 'category') ?? ''
  const type = textAt(pricing, 'type') ?? ''
  const country = countryOf(message)
  return {
    atMs: arrival.atMs,
    phone: phoneOf(world, message),
    country,
    customerId: customer.id,
    category,
    type,
    cost: type === 'regular' ? rateOf(country, category) : 0,
    isTemplate: message.template !== undefined,
  }
}

/** The country that the recipient's user id begins with. */
export function countryOf({ customer, to }: SentMessage): string {
  return (customer?.userId ?? (to.by === 'user' ? to.userId : '')).slice(0, 2)
}

/** Our number, as analytics name it. */
export function phoneOf(world: World, message: SentMessage): string {
  return digitsOf(world.numbers.get(message.numberId)?.display_phone_number ?? '')
}

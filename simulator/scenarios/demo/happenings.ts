/** What people do besides writing: they call, get another number, want no more advertising. */
import { contactOf, shownPhone } from '../../messaging/identity.ts'
import { write } from '../../messaging/write.ts'
import { present } from '../../json.ts'
import { aboutNumber, announce, stampOf } from '../../webhooks/announce.ts'
import { digitsOf } from '../../world/number.ts'
import { aCustomer } from '../../world/person.ts'
import { stableHex } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import type { Told } from './lines.ts'
import { aboutDemo, lane, type Thread } from './past.ts'

/** A call nobody took over the API: it rings, and ends. */
export function tellCall(
  world: World,
  { number, customer }: Thread,
  { timeMs, wamid }: Told,
  seconds: number,
): void {
  const call = {
    id: `wacid.${stableHex(world.seed, wamid).slice(0, 32).toUpperCase()}`,
    from: shownPhone(customer),
    from_user_id: customer.userId,
    to: digitsOf(number.display_phone_number),
    direction: 'USER_INITIATED',
  }
  const ended = { status: 'FAILED', start_time: stampOf(timeMs), duration: seconds }
  const events = [
    { ...call, event: 'connect', timestamp: stampOf(timeMs) },
    { ...call, event: 'terminate', timestamp: stampOf(timeMs + seconds * 1000), ...ended },
  ]
  for (const event of events) {
    const contacts = [contactOf(world, customer)]
    const value = { ...aboutNumber(number), contacts, calls: [present(event)] }
    announce(world, 'calls', value, aboutDemo(number))
  }
}

/** Another phone number, which brings another user id; both stay the same for a seed. */
export async function tellMove(
  world: World,
  { number, customer, script }: Thread,
  { timeMs, wamid }: Told,
  phone: string,
): Promise<void> {
  const before = { phone: shownPhone(customer), userId: customer.userId }
  customer.phone = digitsOf(phone)
  customer.userId = aCustomer(world, { ...script.person, phone }).userId
  const body = `User ${customer.name} changed from ${before.phone} to ${customer.phone}`
  const now = { wa_id: customer.phone, user_id: customer.userId }
  await write(
    world,
    customer,
    {
      type: 'system',
      id: wamid,
      timestamp: stampOf(timeMs),
      numberId: number.id,
      from: before.phone,
      from_user_id: undefined,
      system: { type: 'user_changed_number', body, ...now },
    },
    lane,
  )
  const update = {
    wa_id: customer.phone,
    detail: `User id for ${customer.name} has been updated.`,
    user_id: { previous: before.userId, current: customer.userId },
    timestamp: Math.floor(timeMs / 1000),
  }
  const contacts = [contactOf(world, customer)]
  const value = { ...aboutNumber(number), contacts, user_id_update: [update] }
  announce(world, 'user_id_update', value, aboutDemo(number))
}

export function tellStop(world: World, { number, customer }: Thread, { timeMs }: Told): void {
  customer.isOptedOut = true
  const wish = present({
    wa_id: shownPhone(customer),
    user_id: customer.userId,
    detail: 'User requested to stop marketing messages',
    category: 'marketing_messages',
    value: 'stop',
    timestamp: Math.floor(timeMs / 1000),
  })
  const contacts = [contactOf(world, customer)]
  const value = { ...aboutNumber(number), contacts, user_preferences: [wish] }
  announce(world, 'user_preferences', value, aboutDemo(number))
}

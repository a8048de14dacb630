/** What a person changes about themselves, and the webhooks that tell the firm of it. */
import { present, type JsonObject } from '../json.ts'
import { aboutNumber, announce, stampOf } from '../webhooks/announce.ts'
import type { Customer } from '../world/customer.ts'
import type { BusinessNumber } from '../world/number.ts'
import { stableHex } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { contactOf, shownPhone } from './identity.ts'
import { write } from './write.ts'

export function setMarketing(world: World, customer: Customer, value: 'stop' | 'resume'): void {
  customer.isOptedOut = value === 'stop'
  for (const number of numbersOf(world, customer)) {
    announceAbout(world, customer, number, 'user_preferences', {
      user_preferences: [
        present({
          wa_id: shownPhone(customer),
          user_id: customer.userId,
          detail:
            value === 'stop'
              ? 'User requested to stop marketing messages'
              : 'User requested to resume marketing messages',
          category: 'marketing_messages',
          value,
          timestamp: Math.floor(world.clock.nowMs() / 1000),
        }),
      ],
    })
  }
}

/** A new phone number brings a new user id with it. */
export async function changeNumber(world: World, customer: Customer, phone: string): Promise<void> {
  const before = { from: shownPhone(customer), from_user_id: customer.userId }
  const oldPhone = customer.phone ?? ''
  const previous = customer.userId
  customer.phone = phone
  customer.userId = nextUserId(world, customer)
  customer.identityKeyHash = stableHex(world.seed, customer.userId).slice(0, 44)
  await tellSystem(world, customer, before, {
    type: 'user_changed_number',
    body: `User ${customer.name} changed from ${oldPhone} to ${phone}`,
    wa_id: shownPhone(customer),
    user_id: customer.userId,
  })
  announceUserId(world, customer, previous)
}

export async function changeUserId(
  world: World,
  customer: Customer,
  userId?: string,
): Promise<void> {
  const previous = customer.userId
  customer.userId = userId ?? nextUserId(world, customer)
  await tellSystem(
    world,
    customer,
    { from: shownPhone(customer) },
    {
      type: 'user_changed_user_id',
      body: `User ${customer.name} changed from ${previous} to ${customer.userId}`,
      wa_id: shownPhone(customer),
      user_id: customer.userId,
    },
  )
  announceUserId(world, customer, previous)
}

/** The person has another phone under the same number: what proves their identity is new. */
export async function changeIdentity(world: World, customer: Customer): Promise<void> {
  const made = world.ids.object()
  customer.identityKeyHash = stableHex(world.seed, `identity ${made}`).slice(0, 44)
  await tellSystem(
    world,
    customer,
    { from: shownPhone(customer) },
    {
      type: 'customer_identity_changed',
      body: `The security code of ${customer.name} changed`,
      identity: {
        acknowledged: false,
        created_timestamp: stampOf(world.clock.nowMs()),
        hash: customer.identityKeyHash,
      },
    },
  )
}

function announceUserId(world: World, customer: Customer, previous: string): void {
  for (const number of numbersOf(world, customer)) {
    announceAbout(world, customer, number, 'user_id_update', {
      user_id_update: [
        present({
          wa_id: shownPhone(customer),
          detail: `User id for ${customer.name} has been updated.`,
          user_id: { previous, current: customer.userId },
          timestamp: Math.floor(world.clock.nowMs() / 1000),
        }),
      ],
    })
  }
}

/** System messages name nobody in `contacts` and only the old phone as their sender. */
async function tellSystem(
  world: World,
  customer: Customer,
  from: JsonObject,
  system: JsonObject,
): Promise<void> {
  for (const number of numbersOf(world, customer)) {
    await write(world, customer, {
      numberId: number.id,
      from_user_id: undefined,
      ...from,
      type: 'system',
      system: present(system),
    })
  }
}

function announceAbout(
  world: World,
  customer: Customer,
  number: BusinessNumber,
  field: string,
  part: JsonObject,
): void {
  const value = { ...aboutNumber(number), contacts: [contactOf(world, customer)], ...part }
  announce(world, field, value, { lane: customer.id, number })
}

/** Our numbers this person has written with; the first one for somebody who never has. */
function numbersOf(world: World, customer: Customer): BusinessNumber[] {
  const ids = new Set([...customer.wrote.values(), ...customer.arrived].map((one) => one.numberId))
  const all = [...world.numbers.values()]
  const known = all.filter(({ id }) => ids.has(id))
  return known.length > 0 ? known : all.slice(0, 1)
}

function nextUserId(world: World, customer: Customer): string {
  return `${customer.userId.slice(0, 2)}.${world.ids.object()}${1000 + world.random.below(9000)}`
}

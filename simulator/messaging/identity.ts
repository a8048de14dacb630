/**
 * Which names of a person a webhook may carry. A phone number is shown of people without a username,
 * and of people with one when the firm's portfolio knows their phone; the user id always is.
 */
import { objectAt, present, type JsonObject } from '../json.ts'
import type { Customer } from '../world/customer.ts'
import type { BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'

/** The phone as a webhook may show it. */
export function shownPhone(customer: Customer): string | undefined {
  return customer.username === undefined || customer.isPhoneKnown ? customer.phone : undefined
}

/** An element of `contacts[]`. Statuses of kind `sent` name no username. */
export function contactOf(world: World, customer: Customer, hasUsername = true): JsonObject {
  return present({
    profile: present({
      name: customer.name,
      username:
        hasUsername && customer.username !== undefined ? `@${customer.username}` : undefined,
    }),
    wa_id: shownPhone(customer),
    user_id: customer.userId,
    parent_user_id: world.account.hasParentUserIds ? customer.parentUserId : undefined,
  })
}

/** An element of `contacts[]` beside a message; with what proves the identity, where the number asks for it. */
export function writerOf(world: World, customer: Customer, number: BusinessNumber): JsonObject {
  const check = objectAt(number.state.settings, 'user_identity_change')
  const isAsked = String(check.enable_identity_key_check) === 'true'
  const contact = contactOf(world, customer)
  return isAsked ? { ...contact, identity_key_hash: customer.identityKeyHash } : contact
}

/** Who wrote, as a message names them. */
export function senderOf(world: World, customer: Customer): JsonObject {
  return present({
    from: shownPhone(customer),
    from_user_id: customer.userId,
    from_parent_user_id: world.account.hasParentUserIds ? customer.parentUserId : undefined,
  })
}

import type { JsonObject } from '../json.ts'
import type { Account } from '../world/account.ts'
import type { BusinessNumber, Health } from '../world/number.ts'

/**
 * Whether messages can be sent, entity by entity, and all in all: blocked if any is, else limited if any is.
 *
 * @param number only the health of a number speaks of that number
 */
export function healthOf(account: Account, number?: BusinessNumber): JsonObject {
  const entities = [
    ...(number ? [{ entity_type: 'PHONE_NUMBER', id: number.id, ...number.health }] : []),
    { entity_type: 'WABA', id: account.accountId, ...accountHealth(account) },
    { entity_type: 'BUSINESS', id: account.businessId, ...businessHealth(account) },
    { entity_type: 'APP', id: account.appId, can_send_message: 'AVAILABLE' },
  ]
  const states = entities.map((entity) => entity.can_send_message)
  const worst = ['BLOCKED', 'LIMITED'].find((state) => states.includes(state))
  return { can_send_message: worst ?? 'AVAILABLE', entities }
}

function accountHealth(account: Account): Health {
  if (account.hasPaymentMethod) return account.health
  return {
    can_send_message: 'BLOCKED',
    errors: [
      ...(account.health.errors ?? []),
      {
        error_code: 141006,
        error_description: 'There is no valid payment method for this WhatsApp account.',
        possible_solution: 'Add a payment method in Meta Business Suite.',
      },
    ],
  }
}

function businessHealth(account: Account): Health {
  const isLimited =
    account.verificationStatus.toLowerCase() !== 'verified' &&
    account.businessHealth.can_send_message === 'AVAILABLE'
  return isLimited
    ? { can_send_message: 'LIMITED', additional_info: ['The business has not been verified.'] }
    : account.businessHealth
}

import { isObject, present } from '../../json.ts'
import type { Account } from '../../world/account.ts'
import type { BusinessNumber } from '../../world/number.ts'
import { optionalText, type Call } from '../call.ts'
import { badParameter } from '../errors.ts'
import { project, type NodeFields } from '../fields.ts'
import { healthOf } from '../health.ts'
import { pageOf } from '../paging.ts'

/** @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status */
const usual = [
  'id',
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'webhook_configuration',
]

export function showNumber({ world, node, values }: Call<'number'>) {
  const fields = fieldsOf(world.account, node.number)
  return project(fields, optionalText(values, 'fields'), usual, 'WhatsAppBusinessPhoneNumber')
}

export function listNumbers({ world, values, address }: Call<'account'>) {
  const fields = optionalText(values, 'fields')
  const isWanted = filterOf(values.filtering)
  const shown = sorted([...world.numbers.values()], optionalText(values, 'sort'))
    .map((number) => fieldsOf(world.account, number))
    .filter(isWanted)
    .map((one) => project(one, fields, usual, 'WhatsAppBusinessPhoneNumber'))
  return pageOf(shown, values, address)
}

/** `creation_time_descending`, `last_onboarded_time_ascending`; by creation when nothing is said. */
function sorted(numbers: BusinessNumber[], sort: string | undefined): BusinessNumber[] {
  if (sort?.startsWith('last_onboarded_time')) {
    numbers.sort((one, two) => one.last_onboarded_time.localeCompare(two.last_onboarded_time))
  }
  return sort?.endsWith('_descending') ? numbers.reverse() : numbers
}

function fieldsOf(account: Account, number: BusinessNumber): NodeFields {
  const { health: _health, profile: _profile, state: _state, callback, ...stored } = number
  const plain = Object.entries({ ...possible, ...stored }).map(([name, value]) => [
    name,
    () => value,
  ])
  return {
    ...(Object.fromEntries(plain) as NodeFields), // fromEntries forgets what the values are
    health_status: () => healthOf(account, number),
    host_platform: () => number.platform_type,
    unified_cert_status: () => certificateStatus(account, number),
    quality_score: () => ({ score: number.quality_rating }),
    whatsapp_business_manager_messaging_limit: () => account.messagingLimit,
    messaging_limit_tier: () => account.messagingLimit,
    webhook_configuration: () =>
      present({
        phone_number: callback?.url,
        whatsapp_business_account: account.override?.url,
        application: account.callback,
      }),
  }
}

/** Fields a number has, though this one may have no value there. */
const possible = {
  new_display_name: undefined,
  new_name_status: undefined,
  certificate: undefined,
  new_certificate: undefined,
  username: undefined,
  conversational_automation: undefined,
}

/** One word for the account's review, the name's review and the limit. */
function certificateStatus(account: Account, number: BusinessNumber): string {
  if (account.reviewStatus === 'PENDING') return 'ACCOUNT_REVIEW_NOT_STARTED'
  if (number.name_status === 'PENDING_REVIEW') return 'NAME_PENDING_REVIEW'
  if (!['APPROVED', 'AVAILABLE_WITHOUT_REVIEW'].includes(number.name_status)) {
    return 'NAME_NOT_APPROVED'
  }
  const isVerified = account.verificationStatus.toLowerCase() === 'verified'
  return isVerified ? 'APPROVED' : 'LIMITED_ACCESS'
}

/** `[{"field":"account_mode","operator":"EQUAL","value":"LIVE"}]`. */
function filterOf(filtering: unknown): (fields: NodeFields) => boolean {
  if (filtering === undefined || filtering === '') return () => true
  let filters: unknown = filtering
  try {
    if (typeof filtering === 'string') filters = JSON.parse(filtering)
  } catch {
    throw badParameter('filtering', 'is not JSON')
  }
  if (!Array.isArray(filters)) throw badParameter('filtering', 'must be a list')
  return (fields) =>
    filters.every((filter) => {
      if (!isObject(filter) || typeof filter.field !== 'string') return true
      const value = fields[filter.field]?.({})
      const wanted = Array.isArray(filter.value) ? filter.value : [filter.value]
      const isIn = wanted.includes(value)
      return String(filter.operator).startsWith('NOT') ? !isIn : isIn
    })
}

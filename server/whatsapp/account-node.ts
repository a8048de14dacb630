import type { Account } from '../../core/domain/account.ts'
import { listAt, readHealth } from './number-node.ts'
import { textAt, timeOf } from './values.ts'

/** What WhatsApp shows of an account; what it leaves out is undefined. */
export type SeenAccount = {
  [
    K in
      | 'name'
      | 'businessId'
      | 'businessName'
      | 'country'
      | 'currency'
      | 'timezoneId'
      | 'verification'
      | 'reviewStatus'
      | 'status'
      | 'messagingLimit'
      | 'hasPaymentMethod'
      | 'healthStatus'
      | 'subscription'
      | 'token'
  ]?: Account[K] | undefined
}

/** @see facts 7.8 */
export const accountFields = [
  'id',
  'name',
  'timezone_id',
  'currency',
  'country',
  'status',
  'account_review_status',
  'business_verification_status',
  'owner_business_info',
  'primary_funding_id',
  'whatsapp_business_manager_messaging_limit',
  'health_status',
].join(',')

export function readAccountNode(node: object): SeenAccount {
  const healthStatus = readHealth(Reflect.get(node, 'health_status'))
  return {
    name: textAt(node, 'name'),
    businessId: textAt(node, 'owner_business_info', 'id'),
    businessName: textAt(node, 'owner_business_info', 'name'),
    country: textAt(node, 'country'),
    currency: textAt(node, 'currency'),
    timezoneId: textAt(node, 'timezone_id'),
    verification: textAt(node, 'business_verification_status'),
    reviewStatus: textAt(node, 'account_review_status'),
    status: textAt(node, 'status'),
    messagingLimit: textAt(node, 'whatsapp_business_manager_messaging_limit'),
    hasPaymentMethod: paymentIn(node, healthStatus),
    healthStatus,
  }
}

/** A funding id proves one, the health check that there is none; a partner's account may have neither. */
function paymentIn(node: object, health: Account['healthStatus']): boolean | undefined {
  const errors = (health?.entities ?? []).flatMap((entity) => entity.errors)
  if (errors.some(({ code }) => code === '141006')) return false
  const id = textAt(node, 'primary_funding_id')
  return id === undefined || id === '0' ? undefined : true
}

export const businessFields =
  'id,name,verification_status,whatsapp_business_manager_messaging_limit'

/** The account's own word for the verification is asked for first; the portfolio's counts where there is none. */
export function readBusinessNode(node: object): SeenAccount {
  return {
    businessName: textAt(node, 'name'),
    verification: textAt(node, 'verification_status'),
    messagingLimit: textAt(node, 'whatsapp_business_manager_messaging_limit'),
  }
}

/** @see facts 1.2 */
export function readToken(node: object): NonNullable<Account['token']> | undefined {
  const data: unknown = Reflect.get(node, 'data')
  if (typeof data !== 'object' || data === null) return undefined
  const expiresAtMs = timeOf(Reflect.get(data, 'expires_at'))
  const dataExpiresAtMs = timeOf(Reflect.get(data, 'data_access_expires_at'))
  const appId = textAt(data, 'app_id')
  const kind = textAt(data, 'type')
  return {
    isValid: Reflect.get(data, 'is_valid') === true,
    scopes: listAt(data, 'scopes').flatMap((one) => (typeof one === 'string' ? [one] : [])),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(dataExpiresAtMs === undefined ? {} : { dataExpiresAtMs }),
    ...(appId === undefined ? {} : { appId }),
    ...(kind === undefined ? {} : { kind }),
  }
}

/**
 * Whose webhooks the account's events are.
 * @param appId ours; while it is not known, any app may be it
 */
export function readSubscription(
  node: object,
  appId: string | undefined,
): NonNullable<Account['subscription']> {
  const apps = listAt(node, 'data')
  const idOf = (app: unknown) => textAt(app, 'whatsapp_business_api_data', 'id')
  const ours = apps.find((app) => appId === undefined || idOf(app) === appId)
  const override = textAt(ours, 'override_callback_uri')
  return {
    isOurs: ours !== undefined,
    apps: apps.flatMap(
      (app) => textAt(app, 'whatsapp_business_api_data', 'name') ?? idOf(app) ?? [],
    ),
    ...(override === undefined ? {} : { override }),
  }
}

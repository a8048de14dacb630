import type { JsonObject } from '../../json.ts'
import type { World } from '../../world/world.ts'
import { requiredText } from '../call.ts'

const scopes = [
  'business_management',
  'whatsapp_business_management',
  'whatsapp_business_messaging',
]

/** What a token is good for. */
export function debugToken(world: World, values: JsonObject) {
  const { account } = world
  const token = requiredText(values, 'input_token')
  if (token !== account.token) {
    return {
      data: {
        error: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' },
        is_valid: false,
        scopes: [],
      },
    }
  }
  return {
    data: {
      app_id: account.appId,
      type: 'SYSTEM_USER',
      application: 'Kontor',
      data_access_expires_at: 0,
      expires_at: 0,
      is_valid: !account.isTokenExpired,
      issued_at: Math.floor(account.createdAtMs / 1000),
      scopes,
      granular_scopes: scopes.map((scope) => ({
        scope,
        target_ids: [scope === 'business_management' ? account.businessId : account.accountId],
      })),
      user_id: `${account.businessId.slice(0, -3)}900`,
    },
  }
}

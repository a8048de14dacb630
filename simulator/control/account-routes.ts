import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isObject } from '../json.ts'
import type { World } from '../world/world.ts'
import { shownAccount, shownNumber } from './account.ts'
import { AccountBody, NumberBody, TemplateBody } from './account-schemas.ts'
import { notFound } from './errors.ts'
import { patchAccount } from './patch-account.ts'
import { patchNumber } from './patch-number.ts'
import { patchTemplate } from './patch-template.ts'

const ById = Type.Object({ id: Type.String() })

/** What Meta decides about the firm: reviews, quality, limits, badges, templates. */
export const accountRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (
  app,
  { world },
) => {
  app.addHook('preValidation', async (request) => {
    if (request.method === 'PATCH') request.body = plainNames(request.body)
  })

  app.get('/account', () => shownAccount(world))
  app.patch('/account', { schema: { body: AccountBody } }, ({ body }) => {
    patchAccount(world, body)
    return shownAccount(world)
  })

  app.get('/numbers', () => ({ items: [...world.numbers.values()].map(shownNumber) }))
  app.patch('/numbers/:id', { schema: { params: ById, body: NumberBody } }, ({ params, body }) => {
    const number = world.numbers.get(params.id)
    if (!number) throw notFound(`no number ${params.id}`)
    patchNumber(world, number, body)
    return shownNumber(number)
  })

  app.get('/templates', () => ({ items: [...world.templates.values()] }))
  app.patch(
    '/templates/:id',
    { schema: { params: ById, body: TemplateBody } },
    ({ params, body }) => {
      const template = world.templates.get(params.id)
      if (!template) throw notFound(`no template ${params.id}`)
      patchTemplate(world, template, body)
      return template
    },
  )
}

/** Graph's own names for the same things, for whoever thinks in them. */
const graphNames: Record<string, string> = {
  quality_rating: 'quality',
  verified_name: 'displayName',
  name_status: 'nameStatus',
  new_display_name: 'newDisplayName',
  new_name_status: 'newNameStatus',
  whatsapp_business_manager_messaging_limit: 'messagingLimit',
  is_official_business_account: 'isOfficial',
  oba_status: 'officialStatus',
  country_code: 'countryCode',
  search_visibility: 'searchVisibility',
  is_preverified_number: 'isPreverified',
  eligibility_for_api_business_global_search: 'globalSearch',
  last_onboarded_time: 'lastOnboardedTime',
  code_verification_status: 'codeVerification',
  platform_type: 'platformType',
  account_mode: 'accountMode',
  is_pin_enabled: 'isPinEnabled',
  is_on_biz_app: 'isOnBizApp',
  account_review_status: 'review',
  business_verification_status: 'verification',
  timezone_id: 'timezoneId',
  ownership_type: 'ownershipType',
  on_behalf_of_business_info: 'onBehalfOf',
  is_shared_with_partners: 'isSharedWithPartners',
  purchase_order_number: 'purchaseOrderNumber',
  primary_business_location: 'primaryLocation',
  marketing_messages_onboarding_status: 'marketingOnboarding',
  disable_marketing_messages_on_cloud_api: 'isMarketingOffOnCloudApi',
  is_enabled_for_insights: 'isEnabledForInsights',
  auth_international_rate_eligibility: 'authInternational',
}

function plainNames(body: unknown): unknown {
  if (!isObject(body)) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [graphNames[name] ?? name, value]),
  )
}

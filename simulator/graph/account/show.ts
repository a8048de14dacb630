import type { Account } from '../../world/account.ts'
import { optionalText, type Call } from '../call.ts'
import { project, type NodeFields } from '../fields.ts'
import { analyticsFields } from '../analytics/fields.ts'
import { healthOf } from '../health.ts'

export function showAccount({ world, node, values }: Call<'account'>) {
  const usual = ['id', 'name', 'timezone_id', 'message_template_namespace']
  return project(
    { ...accountFields(node.account), ...analyticsFields(world) },
    optionalText(values, 'fields'),
    usual,
    'WhatsAppBusinessAccount',
  )
}

function accountFields(account: Account): NodeFields {
  return {
    id: () => account.accountId,
    name: () => account.name,
    timezone_id: () => account.timezoneId,
    message_template_namespace: () => account.templateNamespace,
    account_review_status: () => account.reviewStatus,
    business_verification_status: () => account.verificationStatus.toUpperCase(),
    country: () => account.country,
    currency: () => account.currency,
    creation_time: () => Math.floor(account.createdAtMs / 1000),
    health_status: () => healthOf(account),
    is_enabled_for_insights: () => account.isEnabledForInsights,
    is_shared_with_partners: () => account.isSharedWithPartners,
    owner_business: () => ({ id: account.businessId, name: account.businessName }),
    owner_business_info: () => ({ id: account.businessId, name: account.businessName }),
    on_behalf_of_business_info: () => account.onBehalfOf,
    ownership_type: () => account.ownershipType,
    primary_business_location: () => account.primaryLocation,
    primary_funding_id: () => (account.hasPaymentMethod ? `${account.businessId}7` : '0'),
    purchase_order_number: () => account.purchaseOrderNumber,
    status: () => account.status,
    auth_international_rate_eligibility: () => account.authInternational,
    marketing_messages_lite_api_status: () => marketingLiteStatus(account.marketingOnboarding),
    marketing_messages_onboarding_status: () => account.marketingOnboarding,
    whatsapp_business_manager_messaging_limit: () => account.messagingLimit,
    disable_marketing_messages_on_cloud_api: () => account.isMarketingOffOnCloudApi,
    degrees_of_freedom_spec: () => account.degreesOfFreedom,
  }
}

/** The older of the two fields knows fewer words. */
function marketingLiteStatus(onboarding: string): string {
  if (onboarding === 'ONBOARDED') return 'ONBOARDED'
  return onboarding.startsWith('INELIGIBLE') ? 'INELIGIBLE' : 'ELIGIBLE'
}

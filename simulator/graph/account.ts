import type { Account } from '../world/account.ts'
import { optionalText, type Call } from './call.ts'
import { project, type NodeFields } from './fields.ts'
import { healthOf } from './health.ts'

export function showAccount({ node, values }: Call<'account'>) {
  const usual = ['id', 'name', 'timezone_id', 'message_template_namespace']
  return project(
    accountFields(node.account),
    optionalText(values, 'fields'),
    usual,
    'WhatsAppBusinessAccount',
  )
}

export function showBusiness({ node, values }: Call<'business'>) {
  const { account } = node
  const fields: NodeFields = {
    id: () => account.businessId,
    name: () => account.businessName,
    verification_status: () => account.verificationStatus.toLowerCase(),
    timezone_id: () => Number(account.timezoneId),
    created_time: () => new Date(account.createdAtMs).toISOString(),
    primary_page: () => undefined,
    whatsapp_business_manager_messaging_limit: () => account.messagingLimit,
  }
  return project(fields, optionalText(values, 'fields'), ['id', 'name'], 'Business')
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
    is_shared_with_partners: () => false,
    owner_business: () => ({ id: account.businessId, name: account.businessName }),
    owner_business_info: () => ({ id: account.businessId, name: account.businessName }),
    on_behalf_of_business_info: () => undefined,
    ownership_type: () => account.ownershipType,
    primary_business_location: () => account.country,
    primary_funding_id: () => (account.hasPaymentMethod ? `${account.businessId}7` : '0'),
    purchase_order_number: () => undefined,
    status: () => account.status,
    auth_international_rate_eligibility: () => undefined,
    marketing_messages_lite_api_status: () => 'INELIGIBLE',
    marketing_messages_onboarding_status: () => 'ELIGIBLE',
    whatsapp_business_manager_messaging_limit: () => account.messagingLimit,
    disable_marketing_messages_on_cloud_api: () => false,
  }
}

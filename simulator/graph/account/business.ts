import { optionalText, type Call } from '../call.ts'
import { project, type NodeFields } from '../fields.ts'
import { pageOf } from '../paging.ts'

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

/** The desk has one account; it is the firm's own, or a client's when another business owns it. */
export function listOwnedAccounts(call: Call<'business'>) {
  return listAccounts(call, call.node.account.ownershipType === 'SELF')
}

export function listClientAccounts(call: Call<'business'>) {
  return listAccounts(call, call.node.account.ownershipType !== 'SELF')
}

function listAccounts({ node, values, address }: Call<'business'>, isThere: boolean) {
  const { accountId, name, currency, timezoneId, templateNamespace } = node.account
  const shown = {
    id: accountId,
    name,
    currency,
    timezone_id: timezoneId,
    message_template_namespace: templateNamespace,
  }
  return pageOf(isThere ? [shown] : [], values, address)
}

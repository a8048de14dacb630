import { told, type Reading } from './messages.ts'
import { phoneOf } from './values.ts'
import { NameUpdate, read } from './wire.ts'

/** Fields that are one event of the account, a number or a template, without people. @see facts 5.10 */
export function translateField(field: string, value: unknown): Reading {
  if (field === 'phone_number_name_update') return nameUpdate(value)
  return { kind: field, ignored: reasons[field] ?? `unknown field ${field}, kept` }
}

function nameUpdate(value: unknown): Reading {
  const kind = 'phone_number_name_update'
  const found = read(NameUpdate, value)
  const displayPhone = phoneOf(found?.display_phone_number)
  const name = found?.requested_verified_name
  if (found === undefined || displayPhone === undefined || name == null || name === '') {
    return { kind, ignored: accountEvent }
  }
  if (found.decision !== 'APPROVED') {
    return { kind, ignored: `display name ${found.decision.toLowerCase()}, kept` }
  }
  return told({ kind: 'number-named', displayPhone, name })
}

const accountEvent = 'account-level event, kept'
const templateEvent = 'template event, kept'
const groupEvent = 'group event, kept'

const reasons: Record<string, string> = {
  account_alerts: accountEvent,
  account_review_update: accountEvent,
  account_settings_update: accountEvent,
  account_update: accountEvent,
  automatic_events: accountEvent,
  business_capability_update: accountEvent,
  business_username_update: accountEvent,
  business_username_updates: accountEvent,
  consumer_profile: accountEvent,
  flows: 'flow event, kept',
  group_lifecycle_update: groupEvent,
  group_participants_update: groupEvent,
  group_settings_update: groupEvent,
  group_status_update: groupEvent,
  message_template_components_update: templateEvent,
  message_template_quality_update: templateEvent,
  message_template_status_update: templateEvent,
  messaging_handovers: 'handover event, kept',
  partner_solutions: accountEvent,
  payment_configuration_update: accountEvent,
  phone_number_quality_update: accountEvent,
  security: accountEvent,
  smb_app_state_sync: 'address book of the WhatsApp Business app, kept',
  template_category_update: templateEvent,
  template_correct_category_detection: templateEvent,
  tracking_events: accountEvent,
}

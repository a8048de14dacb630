import { createHash } from 'node:crypto'
import type { HappeningOf, SubjectKind } from '../intake/happening.ts'
import { told, type Reading } from './messages.ts'
import { accountFacts } from './account-facts.ts'
import { numberFacts } from './number-facts.ts'
import type { Origin } from './people.ts'
import { templateEvent, templateFields } from './template-events.ts'
import { phoneOf, textAt } from './values.ts'

/** Fields that are one event of the account, a number or a template, without people. @see facts 5.10 and 4.6 */
export function translateField(field: string, value: object, origin: Origin): Reading {
  if (templateFields.has(field)) return told(templateEvent(accountEvent(field, value, origin)))
  if (accountFields.has(field)) {
    const event = accountEvent(field, value, origin)
    const number = numberFacts(field, value)
    return told({ ...event, number, account: accountFacts(field, value) })
  }
  return { kind: field, ignored: reasons[field] ?? `unknown field ${field}, kept` }
}

const accountFields: ReadonlySet<string> = new Set([
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'account_update',
  'automatic_events',
  'business_capability_update',
  'business_username_update',
  'business_username_updates',
  'consumer_profile',
  'flows',
  'partner_solutions',
  'payment_configuration_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'tracking_events',
])

const groupEvent = 'group event, kept'

const reasons: Record<string, string> = {
  group_lifecycle_update: groupEvent,
  group_participants_update: groupEvent,
  group_settings_update: groupEvent,
  group_status_update: groupEvent,
}

function accountEvent(
  field: string,
  value: object,
  { accountId, atMs }: Origin,
): HappeningOf<'account-event'> {
  const phone = textAt(value, 'display_phone_number') ?? textAt(value, 'phone_number')
  const displayPhone = phoneOf(phone) ?? phone
  const phoneNumberId = phoneNumberIdIn(value)
  return {
    kind: 'account-event',
    field,
    event: eventIn(value),
    atMs: atMs ?? undefined,
    accountId,
    subject: subjectOf(field, value, accountId, phoneNumberId ?? displayPhone),
    ours:
      phoneNumberId === undefined && phone === undefined
        ? undefined
        : { phoneNumberId, displayPhone },
    before: firstText(value, [
      ['old_limit'],
      ['old_status'],
      ['previous_quality_score'],
      ['previous_category'],
    ]),
    after: firstText(value, afterPaths),
    value,
    digest: createHash('sha256')
      .update(JSON.stringify([field, accountId, value]))
      .digest('hex'),
  }
}

/** WhatsApp's word for what happened: each field has its own member for it. */
function eventIn(value: object): string | undefined {
  const paths = [['event'], ['decision'], ['alert_info', 'alert_type'], ['alert_type'], ['type']]
  return firstText(value, paths)
}

/** Where a value says in one word what holds from now on; the first that is there. */
const afterPaths = [
  ['decision'],
  ['new_quality_score'],
  ['correct_category'],
  ['new_category'],
  ['new_status'],
  ['max_daily_conversations_per_business'],
  ['current_limit'],
  ['alert_info', 'alert_status'],
  ['alert_status'],
  ['solution_status'],
  ['ban_info', 'waba_ban_state'],
  ['partner_client_certification_info', 'status'],
  ['country'],
  ['status'],
]

function firstText(value: object, paths: readonly (readonly string[])[]): string | undefined {
  for (const path of paths) {
    const found = textAt(value, ...path)
    if (found !== undefined) return found
  }
  return undefined
}

function phoneNumberIdIn(value: object): string | undefined {
  const settings = textAt(value, 'phone_number_settings', 'phone_number_id')
  if (settings !== undefined) return settings
  const isNumber = textAt(value, 'entity_type') === 'PHONE_NUMBER'
  return isNumber ? textAt(value, 'entity_id') : undefined
}

function subjectOf(
  field: string,
  value: object,
  accountId: string | undefined,
  number: string | undefined,
): { kind: SubjectKind; id: string } {
  if (templateFields.has(field)) {
    return { kind: 'template', id: textAt(value, 'message_template_id') ?? '' }
  }
  if (field === 'flows') return { kind: 'flow', id: textAt(value, 'flow_id') ?? '' }
  if (textAt(value, 'entity_type') === 'BUSINESS') {
    return { kind: 'business', id: textAt(value, 'entity_id') ?? '' }
  }
  // Their entry is that of a business, not of an account.
  if (field === 'partner_solutions') return { kind: 'business', id: accountId ?? '' }
  if (number !== undefined) return { kind: 'number', id: number }
  return { kind: 'account', id: accountId ?? '' }
}

import type { NumberFacts } from '../intake/happening.ts'
import { noticeIn } from './notice.ts'
import { textAt, usernameOf } from './values.ts'

/** What an account-level field says of our numbers; undefined when it says nothing of them. @see facts 5.10 */
export function numberFacts(field: string, value: object): NumberFacts | undefined {
  const facts = Object.hasOwn(readers, field) ? readers[field]?.(value) : undefined
  const isEmpty = Object.values(facts ?? {}).every((fact) => fact === undefined)
  return isEmpty ? undefined : facts
}

const readers: Record<string, (value: object) => NumberFacts> = {
  phone_number_name_update: named,
  phone_number_quality_update(value) {
    const event = textAt(value, 'event')
    return {
      messagingLimit: limitIn(value),
      throughput: event === 'THROUGHPUT_UPGRADE' ? 'HIGH' : undefined,
      status: event === 'FLAGGED' ? 'FLAGGED' : event === 'UNFLAGGED' ? 'CONNECTED' : undefined,
    }
  },
  business_capability_update: (value) => ({ messagingLimit: limitIn(value) }),
  business_username_update: called,
  business_username_updates: called,
  security(value) {
    const event = textAt(value, 'event')
    if (event === 'PIN_RESET_REQUEST') return { isPinResetAsked: true }
    if (event === 'PIN_CHANGED') return { isPinEnabled: true, isPinResetAsked: false }
    return event === 'PIN_REQUEST_SUCCESS' ? { isPinEnabled: false, isPinResetAsked: false } : {}
  },
  account_alerts(value) {
    if (textAt(value, 'entity_type') === 'BUSINESS') return {}
    const notice = noticeIn(value)
    if (notice?.type === 'OBA_APPROVED') return { isOfficial: true, officialStatus: 'APPROVED' }
    if (notice?.type === 'OBA_REJECTED') return { officialStatus: 'REJECTED' }
    return { notice }
  },
  account_update(value) {
    const event = textAt(value, 'event')
    const state = textAt(value, 'ban_info', 'waba_ban_state')
    if (event === 'ACCOUNT_DELETED') return { isDisabled: true }
    if (event === 'VERIFIED_ACCOUNT') return { accountMode: 'LIVE' }
    if (event !== 'DISABLED_UPDATE') return {}
    return {
      isDisabled: state === 'DISABLE' ? true : state === 'REINSTATE' ? false : undefined,
    }
  },
}

/** The words of a number's `name_status`, where the webhook has others for the same. @see facts 7.3 */
const nameStatuses: Record<string, string> = { REJECTED: 'DECLINED', PENDING: 'PENDING_REVIEW' }

function named(value: object): NumberFacts {
  const decision = textAt(value, 'decision')
  const name = textAt(value, 'requested_verified_name')
  if (decision === undefined) return {}
  const nameStatus = nameStatuses[decision] ?? decision
  const over = { requestedName: null, requestedNameStatus: null, nameRejection: null }
  if (decision === 'APPROVED') return { nameStatus, name, ...over }
  const nameRejection = textAt(value, 'rejection_reason') ?? null
  return { requestedNameStatus: nameStatus, requestedName: name, nameRejection }
}

function called(value: object): NumberFacts {
  const isGone = textAt(value, 'status') === 'deleted'
  return { username: isGone ? null : usernameOf(textAt(value, 'username')) }
}

/** WhatsApp says it as a tier or as a number, depending on the page. @see facts 6.2 */
export function limitIn(value: object): string | undefined {
  const limit =
    textAt(value, 'max_daily_conversations_per_business') ?? textAt(value, 'current_limit')
  return limit === undefined ? undefined : (tiers[limit] ?? limit)
}

const tiers: Record<string, string> = {
  '-1': 'TIER_UNLIMITED',
  '50': 'TIER_50',
  '250': 'TIER_250',
  '1000': 'TIER_1K',
  '2000': 'TIER_2K',
  '10000': 'TIER_10K',
  '100000': 'TIER_100K',
}

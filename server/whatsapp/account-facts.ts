import type { AccountFacts } from '../intake/happening.ts'
import { textAt, timeOf } from './values.ts'
import { noticeIn } from './notice.ts'
import { limitIn } from './number-facts.ts'

/** What an account-level field says of the account itself; undefined when it says nothing. @see facts 5.10 */
export function accountFacts(field: string, value: object): AccountFacts | undefined {
  const facts = Object.hasOwn(readers, field) ? readers[field]?.(value) : undefined
  const isEmpty = Object.values(facts ?? {}).every((fact) => fact === undefined)
  return isEmpty ? undefined : facts
}

const readers: Record<string, (value: object) => AccountFacts> = {
  account_review_update: (value) => ({ reviewStatus: textAt(value, 'decision') }),
  account_update: updated,
  business_capability_update: (value) => ({
    messagingLimit: limitIn(value),
    maxNumbers:
      textAt(value, 'max_phone_numbers_per_business') ??
      textAt(value, 'max_phone_numbers_per_business_portfolio'),
  }),
  account_alerts: (value) => ({
    notice: textAt(value, 'entity_type') === 'BUSINESS' ? noticeIn(value) : undefined,
  }),
}

function updated(value: object): AccountFacts {
  switch (textAt(value, 'event')) {
    case 'ACCOUNT_DELETED':
      return { status: 'DELETED' }
    case 'DISABLED_UPDATE':
      return {
        banState: textAt(value, 'ban_info', 'waba_ban_state'),
        banDate: textAt(value, 'ban_info', 'waba_ban_date') ?? null,
      }
    case 'ACCOUNT_RESTRICTION':
      return { restrictions: restrictionsIn(value), violation: violationIn(value) }
    case 'ACCOUNT_VIOLATION':
      return { violation: violationIn(value) }
    default:
      return {}
  }
}

function restrictionsIn(value: object): AccountFacts['restrictions'] {
  const told: unknown = Reflect.get(value, 'restriction_info')
  if (!Array.isArray(told)) return undefined
  return told.flatMap((one: unknown) => {
    const type = textAt(one, 'restriction_type')
    if (type === undefined) return []
    const untilMs = timeOf(textAt(one, 'expiration'))
    return [{ type, untilMs, remedy: textAt(one, 'remediation') }]
  })
}

function violationIn(value: object): AccountFacts['violation'] {
  const type = textAt(value, 'violation_info', 'violation_type')
  if (type === undefined) return undefined
  return { type, remedy: textAt(value, 'violation_info', 'remediation') }
}

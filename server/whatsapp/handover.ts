import { told, type Reading } from './messages.ts'
import { completed, hasIdentifier, placeOf, type Origin, type Place } from './people.ts'
import { phoneOf, textOf, timeOf } from './values.ts'
import { Handover, read } from './wire.ts'

/**
 * A value of `messaging_handovers`: who answers the contact from now on. WhatsApp does not say which of the roles is
 * ours, so those of people count as ours; where only the kind is known, control that was passed came to us, and
 * control that was taken went away. What comes next, a message or a copy of one, says it for certain.
 *
 * @see facts 5.12
 */
export function translateHandover(value: unknown, place: Place, origin: Origin): Reading {
  const kind = 'control-changed'
  const found = read(Handover, value)
  const on = place.on ?? placeOf({ metadata: found?.recipient }, origin.accountId).on
  const handed = found?.control_passed ?? found?.control_taken
  const isTold = handed !== undefined || found?.type?.startsWith('control_') === true
  if (!isTold) return { kind, ignored: 'a handover of another kind, kept' }
  if (on === undefined) return { kind, failed: 'phone_number_id is missing' }
  const { phone_number: phone, user_id: userId } = found?.sender ?? {}
  const who = completed({ phone: phoneOf(phone), userId: textOf(userId) }, place.people)
  if (!hasIdentifier(who)) return { kind, failed: 'the contact is missing' }
  const to = textOf(handed?.new_owner_role)
  const isPassed = found?.type === 'control_passed' || found?.control_passed !== undefined
  return told({
    kind,
    on,
    who,
    atMs: timeOf(found?.timestamp) ?? origin.atMs,
    isOurs: to === undefined ? isPassed : rolesOfPeople.has(to),
    from: textOf(handed?.previous_owner_role),
    to,
  })
}

/** Of the roles an app may have, those in which people answer. */
const rolesOfPeople: ReadonlySet<string> = new Set(['customer_service', 'escalation'])

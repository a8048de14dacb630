import type { Happening, OurNumber, Who } from '../intake/happening.ts'
import { hasIdentifier } from './people.ts'
import { phoneOf, textOf, timeOf } from './values.ts'
import { read, SystemMessage, type Head } from './wire.ts'

/**
 * A message of type `system`: the person has another number, another user id or another security key. What stood
 * before is often only in the text. Undefined when nothing of it can be understood. @see facts 5.7
 */
export function systemHappening(
  head: Head,
  item: unknown,
  on: OurNumber,
  who: Who,
): Happening | undefined {
  const system = read(SystemMessage, item)?.system
  if (system === undefined) return undefined
  const common = { on, atMs: timeOf(head.timestamp), wamid: head.id }
  const change = changeIn(system.body)
  const userId = textOf(system.user_id)
  const parentUserId = textOf(system.parent_user_id) ?? who.parentUserId
  const phone = phoneOf(system.new_wa_id) ?? phoneOf(system.wa_id)
  switch (system.type) {
    case 'user_changed_number':
    case 'customer_changed_number': {
      const to = phone ?? phoneOf(change?.to)
      if (to === undefined) return undefined
      const from = who.phone ?? phoneOf(change?.from)
      const person = { ...who, phone: undefined, userId: userId ?? who.userId, parentUserId }
      return { kind: 'number-changed', ...common, who: person, from, to }
    }
    case 'user_changed_user_id': {
      const to = userId ?? change?.to
      if (to === undefined) return undefined
      const from = change?.from ?? (who.userId === to ? undefined : who.userId)
      const person = { ...who, userId: undefined, parentUserId }
      return { kind: 'user-id-changed', ...common, who: person, from, to, phone }
    }
    case 'customer_identity_changed':
      return hasIdentifier(who) ? { kind: 'identity-changed', ...common, who } : undefined
    default:
      if (!hasIdentifier(who)) return undefined
      return { kind: 'system-notice', ...common, who, text: textOf(system.body), raw: item }
  }
}

/** "User Ada changed from A to B": the wording Meta has kept since 2021. */
function changeIn(body: string | undefined): { from: string; to: string } | undefined {
  const found = /\bchanged from (\S+) to (\S+?)[.]?$/.exec(body?.trim() ?? '')
  return found?.[1] === undefined || found[2] === undefined
    ? undefined
    : { from: found[1], to: found[2] }
}

import type { OurNumber, Who } from '../intake/happening.ts'
import { phoneOf, textOf, usernameOf } from './values.ts'
import { Person, read, Value, type Status } from './wire.ts'

/** Where in the body a part stands, and what its change says about number and people. */
export type Place = { on: OurNumber | undefined; people: readonly Who[] }

/** Which account an entry is about, and when WhatsApp wrote it. */
export type Origin = { accountId: string | undefined; atMs: number | undefined }

export function placeOf(value: unknown, accountId: string | undefined): Place {
  const head = read(Value, value)
  const phoneNumberId = textOf(head?.metadata?.phone_number_id)
  const displayPhone = textOf(head?.metadata?.display_phone_number)
  const on =
    phoneNumberId === undefined
      ? undefined
      : { phoneNumberId, accountId, displayPhone: phoneOf(displayPhone) ?? displayPhone }
  return { on, people: (head?.contacts ?? []).map(whoOf) }
}

function whoOf(person: unknown): Who {
  const known = read(Person, person)
  if (known === undefined) return {}
  return {
    phone: phoneOf(known.wa_id),
    userId: textOf(known.user_id),
    parentUserId: textOf(known.parent_user_id),
    username: usernameOf(known.profile?.username),
    name: textOf(known.profile?.name),
  }
}

/**
 * The person with these identifiers, completed by what `contacts[]` says about the same person. Without any
 * identifier the only person in `contacts[]` is meant; one who differs is somebody else and teaches nothing.
 */
export function completed(ids: Who, people: readonly Who[]): Who {
  const same = people.find(
    (person) =>
      (ids.userId !== undefined && person.userId === ids.userId) ||
      (ids.phone !== undefined && person.phone === ids.phone),
  )
  const isNobody = !hasIdentifier(ids)
  const meant = same ?? (isNobody && people.length === 1 ? people[0] : undefined)
  if (meant === undefined) return ids
  return {
    phone: ids.phone ?? meant.phone,
    userId: ids.userId ?? meant.userId,
    parentUserId: ids.parentUserId ?? meant.parentUserId,
    username: ids.username ?? meant.username,
    name: ids.name ?? meant.name,
  }
}

export function hasIdentifier({ phone, userId, parentUserId }: Who): boolean {
  return (phone ?? userId ?? parentUserId) !== undefined
}

/** Whom a status is about; nobody in particular when it is a group. */
export function recipientOf(status: Status): Who {
  if (status.recipient_type === 'group') return {}
  return {
    phone: phoneOf(status.recipient_id),
    userId: textOf(status.recipient_user_id),
    parentUserId: status.recipient_parent_user_id ?? status.parent_recipient_user_id,
  }
}

import type { Call, OurNumber, Who } from '../intake/happening.ts'
import { told, type Reading } from './messages.ts'
import { completed, hasIdentifier, recipientOf, type Place } from './people.ts'
import { compact, phoneOf, textOf, timeOf } from './values.ts'
import * as wire from './wire.ts'
import { read } from './wire.ts'

/** A member of `calls[]`: it rings, or it is over. The contact is on the side the direction says. @see facts 5.13 */
export function translateCall(item: unknown, { on, people }: Place): Reading {
  const kind = 'call-event'
  const found = read(wire.Call, item)
  if (found === undefined || on === undefined) return { kind, failed: 'a call without an id' }
  const isByContact = found.direction !== 'BUSINESS_INITIATED'
  const ids = isByContact
    ? { phone: phoneOf(found.from), userId: textOf(found.from_user_id) }
    : { phone: contactSide(found, on.displayPhone), userId: textOf(found.to_user_id) }
  const who = completed(ids, people)
  if (!hasIdentifier(who)) return { kind, failed: 'the other side is missing' }
  const call = callOf(found, isByContact)
  return told({ kind, on, who, atMs: timeOf(found.timestamp), callId: found.id, isByContact, call })
}

/** A status of a call of ours: only those have any. */
export function callStatus(status: wire.Status, on: OurNumber, people: readonly Who[]): Reading {
  const kind = 'call-event'
  const state = Object.hasOwn(states, status.status) ? states[status.status] : undefined
  if (state === undefined) return { kind, ignored: `status ${status.status} of a call, kept` }
  const who = completed(recipientOf(status), people)
  if (!hasIdentifier(who)) return { kind, failed: 'the other side is missing' }
  const atMs = timeOf(status.timestamp)
  return told({ kind, on, who, atMs, callId: status.id, isByContact: false, call: { state } })
}

const states: Record<string, Call['state']> = {
  RINGING: 'ringing',
  ACCEPTED: 'answered',
  REJECTED: 'rejected',
}

/** A call that nobody took is missed when the contact made it, and failed when we did. */
function callOf({ event, status, duration }: wire.Call, isByContact: boolean): Call {
  if (event !== undefined && event !== 'terminate') return { state: 'ringing' }
  if (event === undefined && status === undefined) return { state: 'ringing' }
  const seconds = Number(duration)
  const durationMs = seconds > 0 && seconds < 1e7 ? Math.round(seconds * 1000) : undefined
  if (durationMs !== undefined) return compact({ state: 'ended' as const, durationMs })
  return { state: isByContact ? 'missed' : 'failed' }
}

/** Whom we called. Some bodies have our own number as `to`. */
function contactSide({ to, from }: wire.Call, ourPhone: string | undefined) {
  const phone = phoneOf(to)
  return phone === ourPhone ? phoneOf(from) : phone
}

import { told, type Reading } from './messages.ts'
import { completed, hasIdentifier, type Place } from './people.ts'
import { phoneOf, textOf, timeOf } from './values.ts'
import { Preference, read, UserIdUpdate } from './wire.ts'

/** A member of `user_preferences[]`: whether the person wants marketing messages from us. @see facts 5.9 */
export function translatePreference(item: unknown, { on, people }: Place): Reading {
  const kind = 'marketing-preference'
  const found = read(Preference, item)
  if (found === undefined || on === undefined) return { kind, failed: 'a preference of no shape' }
  const who = completed({ phone: phoneOf(found.wa_id), userId: textOf(found.user_id) }, people)
  if (!hasIdentifier(who)) return { kind, failed: 'the person is missing' }
  if (!['stop', 'resume', 'signup'].includes(found.value)) {
    return { kind, ignored: `preference ${found.value}, kept` }
  }
  const value = found.value === 'stop' ? 'stop' : 'resume'
  return told({ kind, on, who, atMs: timeOf(found.timestamp), value })
}

/** A member of `user_id_update[]`: the person's user id is another one from now on. */
export function translateUserId(item: unknown, { on, people }: Place): Reading {
  const kind = 'user-id-changed'
  const found = read(UserIdUpdate, item)
  if (found === undefined || on === undefined) return { kind, failed: 'an update of no shape' }
  const phone = phoneOf(found.wa_id)
  const from = textOf(found.user_id.previous)
  const known = completed({ phone, userId: from }, people)
  const who = { ...known, phone: undefined, userId: undefined }
  const atMs = timeOf(found.timestamp)
  return told({ kind, on, who, atMs, from, to: found.user_id.current, phone: known.phone })
}

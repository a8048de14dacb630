import { storableJson } from '../../core/lib/text.ts'
import type { Part } from '../intake/happening.ts'
import { translateField } from './account.ts'
import { translateEcho } from './echoes.ts'
import { reportedError, translateHistory } from './history.ts'
import { translateMessage, type Reading } from './messages.ts'
import { placeOf, type Origin, type Place } from './people.ts'
import { translateStatus } from './statuses.ts'
import { translateHandover } from './handover.ts'
import { translateCall } from './calls.ts'
import { translatePreference, translateUserId } from './users.ts'
import { textOf, timeOf } from './values.ts'
import { Change, Entry, Envelope, read, Standby } from './wire.ts'

/**
 * Says in our words what a webhook body tells. Every entry × change × message, status, error … is exactly one part,
 * in the order of the body, and what cannot be understood is a part that says so. Pure, and it never throws.
 */
export function translate(body: unknown): Part[] {
  const envelope = read(Envelope, storableJson(body))
  if (envelope === undefined)
    return [{ path: '', kind: 'body', failed: 'not a webhook of WhatsApp' }]
  if (envelope.entry.length === 0) return [{ path: '', kind: 'body', ignored: 'nothing in it' }]
  return envelope.entry.flatMap((entry, index) => translateEntry(entry, `entry.${index}`))
}

function translateEntry(item: unknown, path: string): Part[] {
  const entry = read(Entry, item)
  if (entry === undefined) return [{ path, kind: 'entry', failed: 'an entry of another shape' }]
  if (entry.changes.length === 0) return [{ path, kind: 'entry', ignored: 'nothing in it' }]
  const origin = { accountId: textOf(entry.id), atMs: timeOf(entry.time) }
  return entry.changes.flatMap((change, index) =>
    translateChange(change, origin, `${path}.changes.${index}`),
  )
}

function translateChange(item: unknown, origin: Origin, path: string): Part[] {
  const change = read(Change, item)
  if (change === undefined) return [{ path, kind: 'change', failed: 'a change of another shape' }]
  const { field, value } = change
  if (field === 'standby') return standby(value, origin, path)
  const place = placeOf(value, origin.accountId)
  if (field === 'messaging_handovers') return [{ path, ...translateHandover(value, place, origin) }]
  const parts = carriers.has(field)
    ? Object.entries(value).flatMap(([key, items]) => translateItems(key, items, place, path))
    : []
  if (parts.length > 0) return parts
  if (carriers.has(field)) return [{ path, kind: field, ignored: 'nothing in it' }]
  return [{ path, ...translateField(field, value, origin) }]
}

/** Fields whose value is a list of things about people; the others are one event each. */
const carriers = new Set([
  'messages',
  'calls',
  'user_preferences',
  'user_id_update',
  'smb_message_echoes',
  'message_echoes',
  'smb_app_state_sync',
  'history',
])

type Translator = (item: unknown, place: Place) => Reading

const translators: Record<string, Translator> = {
  messages: translateMessage,
  statuses: translateStatus,
  errors: reportedError,
  user_preferences: translatePreference,
  user_id_update: translateUserId,
  message_echoes: translateEcho,
  calls: translateCall,
  user_actions: () => ({ kind: 'user-action', ignored: 'a click on an advertisement, kept' }),
  state_sync: () => ({
    kind: 'smb_app_state_sync',
    ignored: 'address book of the WhatsApp Business app, kept',
  }),
}

function translateItems(key: string, items: unknown, place: Place, path: string): Part[] {
  if (!Array.isArray(items)) return []
  if (key === 'history') {
    return items.flatMap((item, index) =>
      translateHistory(item, place).map(({ at, reading }) => ({
        path: `${path}.history.${index}${at}`,
        ...reading,
      })),
    )
  }
  const translator = Object.hasOwn(translators, key) ? translators[key] : undefined
  if (translator === undefined) return []
  return items.map((item, index) => ({
    path: `${path}.${key}.${index}`,
    ...translator(item, place),
  }))
}

/** Copies of a conversation that another app answers: shown, so that colleagues know, and never to be answered. */
function standby(value: object, { accountId }: Origin, path: string): Part[] {
  const copies = read(Standby, value)?.standby ?? {}
  const place = placeOf({ ...value, ...copies }, accountId)
  const parts = Object.entries(copies).flatMap(([key, items]) =>
    translateItems(key, items, place, `${path}.standby`),
  )
  return parts.length > 0
    ? parts.map(asCopy)
    : [{ path, kind: 'standby', ignored: 'a copy without anything in it' }]
}

/** What counts as a copy is only seen; what somebody did to a message counts as it is. */
function asCopy(part: Part): Part {
  if (!('happening' in part)) return part
  const { happening } = part
  const isSeen =
    happening.kind === 'message-received' ||
    happening.kind === 'echo-sent' ||
    happening.kind === 'reaction-given'
  return isSeen ? { ...part, happening: { ...happening, isStandby: true } } : part
}

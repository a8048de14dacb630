/** Many changes in one body, put together now this way and now that, as Meta does. */
import { isObject, objectAt, objectsOf, textAt, type JsonObject } from '../json.ts'
import type { Random } from '../world/random.ts'
import { bytesOf } from './sign.ts'

/** One thing that happened, as `entry[].changes[]` tells it. */
export type Change = {
  accountId: string
  /** Unix seconds; only what is about the account says when. */
  time?: number
  field: string
  value: JsonObject
}

/** Calls are at most so large. @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks */
const mostBytes = 3 * 1024 * 1024

/** How likely a change joins what came just before it, by how alike the two are. */
const joins = { entry: 0.85, sameKind: 0.8, otherKind: 0.1 }

type Entry = { id: string; time?: number; changes: { field: string; value: JsonObject }[] }

export function bodyOf(changes: readonly Change[], random: Random): JsonObject {
  const entries: Entry[] = []
  for (const { accountId, time, field, value } of changes) {
    const last = entries.at(-1)
    const isOneEntry = last?.id === accountId && last.time === time
    if (!last || !isOneEntry || random.next() >= joins.entry) {
      const changes = [{ field, value }]
      entries.push({ id: accountId, ...(time === undefined ? {} : { time }), changes })
      continue
    }
    const before = last.changes.at(-1)
    if (before && random.next() < likeness(before, { field, value })) {
      before.value = joined(before.value, value)
    } else {
      last.changes.push({ field, value })
    }
  }
  return { object: 'whatsapp_business_account', entry: entries }
}

/** The calls that carry the changes: one, unless they are too many bytes for it. */
export function packed(changes: readonly Change[], random: Random): Packed[] {
  const bytes = bytesOf(bodyOf(changes, random))
  if (bytes.length <= mostBytes || changes.length === 1) return [{ bytes, updates: changes.length }]
  const half = Math.ceil(changes.length / 2)
  return [...packed(changes.slice(0, half), random), ...packed(changes.slice(half), random)]
}
type Packed = { bytes: Buffer; updates: number }

type Told = { field: string; value: JsonObject }

/** Only messages and statuses of one number are ever told together in one value. */
function likeness(before: Told, next: Told): number {
  const isSameNumber = numberIn(before) !== undefined && numberIn(before) === numberIn(next)
  if (before.field !== 'messages' || next.field !== 'messages' || !isSameNumber) return 0
  const kinds = ['messages', 'statuses'] as const
  const [one] = kinds.filter((kind) => kind in next.value)
  if (one === undefined || 'errors' in next.value || 'errors' in before.value) return 0
  const isSameKind =
    one in before.value && kinds.filter((kind) => kind in before.value).length === 1
  return isSameKind ? joins.sameKind : joins.otherKind
}

function numberIn({ value }: Told): string | undefined {
  return textAt(objectAt(value, 'metadata'), 'phone_number_id')
}

function joined(before: JsonObject, next: JsonObject): JsonObject {
  const contacts = new Map<unknown, JsonObject>()
  for (const contact of [...objectsOf(before.contacts), ...objectsOf(next.contacts)]) {
    const known = contacts.get(contact.user_id)
    if (!known || isFuller(contact, known)) contacts.set(contact.user_id, contact)
  }
  const value: JsonObject = { ...before, ...next }
  for (const part of ['messages', 'statuses']) {
    const all = [...objectsOf(before[part]), ...objectsOf(next[part])]
    if (all.length > 0) value[part] = all
  }
  if (contacts.size > 0) value.contacts = [...contacts.values()]
  return value
}

/** A status of kind `sent` names no username, a message of the same person does. */
function isFuller(one: JsonObject, other: JsonObject): boolean {
  const size = ({ profile }: JsonObject) => (isObject(profile) ? Object.keys(profile).length : 0)
  return size(one) > size(other)
}

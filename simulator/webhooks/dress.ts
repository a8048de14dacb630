/** A change in the words of an older or newer platform: what a tolerant reader must not stumble over. */
import { isObject, type JsonObject } from '../json.ts'
import type { Random } from '../world/random.ts'
import type { Settings } from '../world/settings.ts'

type Told = { field: string; value: JsonObject }
type Dressing = { settings: Settings; random: Random; messagingLimit: string }

/** Fields that spoke of a number's own limit until version 24 made it the portfolio's. */
const limitMembers: Record<string, string | undefined> = {
  business_capability_update: 'max_daily_conversation_per_phone',
  phone_number_quality_update: 'current_limit',
}

/** Names by their older ones. */
const olderMembers: Record<string, string | undefined> = {
  recipient_parent_user_id: 'parent_recipient_user_id',
  max_phone_numbers_per_business: 'max_phone_numbers_per_business_portfolio',
}
const olderFields: Record<string, string | undefined> = {
  business_username_updates: 'business_username_update',
}

export function dressed({ field, value }: Told, dressing: Dressing): Told {
  const { settings, messagingLimit } = dressing
  const limit = settings.fieldVersion < 24 ? limitMembers[field] : undefined
  const told = limit === undefined ? value : { ...value, [limit]: messagingLimit }
  if (settings.spelling === 'current' && settings.extraMembers === 0) return { field, value: told }
  const name = isOlder(dressing) ? (olderFields[field] ?? field) : field
  return { field: name, value: varied(told, dressing) as JsonObject } // an object stays one
}

function varied(value: unknown, dressing: Dressing): unknown {
  if (Array.isArray(value)) return value.map((one) => varied(one, dressing))
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    const inner = varied(member, dressing)
    if (!isOlder(dressing)) return [name, inner]
    return [olderMembers[name] ?? name, name === 'timestamp' ? otherKind(inner) : inner]
  })
  const { settings, random } = dressing
  if (settings.extraMembers > 0 && random.next() < settings.extraMembers) {
    const at = random.below(members.length + 1)
    members.splice(at, 0, [`unknown_${random.below(1000)}`, strange[random.below(strange.length)]])
  }
  return Object.fromEntries(members)
}

const strange = ['text', 7, null, true, [], {}, [{ a: [1, 'b'] }], { type: 'text', id: '1' }]

function isOlder({ settings, random }: Dressing): boolean {
  if (settings.spelling === 'mixed') return random.next() < 0.5
  return settings.spelling === 'legacy'
}

/** Seconds as a number where they are text, and the other way round. */
function otherKind(timestamp: unknown): unknown {
  if (typeof timestamp === 'number') return String(timestamp)
  const seconds = Number(timestamp)
  return typeof timestamp === 'string' && Number.isSafeInteger(seconds) ? seconds : timestamp
}

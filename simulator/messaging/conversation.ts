/** `conversation` of a status: in field versions before 24 always, since then only of what came from an ad. */
import { present, type JsonObject } from '../json.ts'
import { stampOf } from '../webhooks/announce.ts'
import type { SentMessage } from '../world/message.ts'
import { stableHex } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { freeUntilMs } from './free-entry.ts'

const usualMs = 24 * 3_600_000
/** The first version of the fields without it. */
const withoutSince = 24

export function conversationOf(
  world: World,
  message: SentMessage,
  status: string,
): JsonObject | undefined {
  const { customer, numberId, template } = message
  const nowMs = world.clock.nowMs()
  const freeMs = freeUntilMs(customer, numberId, nowMs)
  if (!customer || (freeMs === undefined && world.settings.fieldVersion >= withoutSince)) {
    return undefined
  }
  const type =
    freeMs === undefined ? (template?.category.toLowerCase() ?? 'service') : 'referral_conversion'
  const key = `${numberId} ${type}`
  const known = customer.conversations.get(key)
  const conversation =
    known && known.expiresAtMs > nowMs
      ? known
      : {
          id: stableHex(world.seed, `conversation ${message.wamid}`).slice(0, 32),
          expiresAtMs: freeMs ?? nowMs + usualMs,
        }
  customer.conversations.set(key, conversation)
  return present({
    id: conversation.id,
    expiration_timestamp: status === 'sent' ? stampOf(conversation.expiresAtMs) : undefined,
    origin: { type },
  })
}

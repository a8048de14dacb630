import type { JsonObject } from '../json.ts'
import type { BusinessNumber } from '../world/number.ts'
import { digitsOf } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { dressed } from './dress.ts'
import type { OnTry } from './lanes.ts'

type About = {
  /** The customer it is about, whose webhooks come in order; without one, the account's own lane. */
  lane?: string
  /** What of the field it is, for faults: `statuses/read`. */
  part?: string
  /** Set for fields that follow a number's callback override. */
  number?: BusinessNumber
  /** Hears after every try whether the firm's server took it. */
  onTry?: OnTry
}

/** Tells the firm's server of something, if it listens. */
export function announce(world: World, field: string, value: JsonObject, about: About = {}): void {
  const { settings, random, account } = world
  if (!account.isSubscribed || account.fields?.has(field) === false) return
  const dressing = { settings, random, messagingLimit: account.messagingLimit }
  const isAccountLevel = about.number === undefined
  world.outbox.post({
    lane: about.lane ?? 'account',
    path: about.part === undefined ? field : `${field}/${about.part}`,
    ...(about.number === undefined ? {} : { numberId: about.number.id }),
    ...(about.onTry ? { onTry: about.onTry } : {}),
    change: {
      accountId: world.account.accountId,
      ...(isAccountLevel ? { time: Math.floor(world.clock.nowMs() / 1000) } : {}),
      ...dressed({ field, value }, dressing),
    },
  })
}

/** What every webhook about one of our numbers begins with. */
export function aboutNumber(number: BusinessNumber): JsonObject {
  return {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: digitsOf(number.display_phone_number),
      phone_number_id: number.id,
    },
  }
}

/** Unix seconds as the text that message-level webhooks carry. */
export function stampOf(timeMs: number): string {
  return String(Math.floor(timeMs / 1000))
}

/** A person writes to one of the firm's numbers: the message gets its ids, its file and its webhook. */
import { must } from '../../core/lib/must.ts'
import { isObject, objectAt, textAt, type JsonObject } from '../json.ts'
import { mediaKinds } from '../media/kinds.ts'
import { makeFile } from '../media/make.ts'
import { aboutNumber, announce, stampOf } from '../webhooks/announce.ts'
import type { Customer } from '../world/customer.ts'
import { digitsOf, type BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { comeFromAd } from './free-entry.ts'
import { senderOf, writerOf } from './identity.ts'
import { countIncoming } from './rates.ts'
import { announceStandby, isElsewhere } from './thread.ts'
import { opensWindow } from './window.ts'

/**
 * @param message as in a webhook; `from`, `id` and `timestamp` are filled in, `numberId` picks the number
 * @param lane keeps it behind what else is on that lane, instead of the customer's own
 * @returns the message's id
 */
export async function write(
  world: World,
  customer: Customer,
  message: JsonObject,
  lane = customer.id,
): Promise<string> {
  const { numberId, ...given } = message
  const number = must(
    world.numbers.get(typeof numberId === 'string' ? numberId : firstNumberId(world)),
    'number to write to',
  )
  const type = textAt(given, 'type') ?? 'text'
  const timestamp = textAt(given, 'timestamp') ?? stampOf(world.clock.nowMs())
  const wamid = textAt(given, 'id') ?? world.ids.message('in', customer.phone ?? customer.userId)
  const timestampMs = Number(timestamp) * 1000
  if (number.state.blocked.has(customer.id)) return wamid // whom the firm blocked does not get through
  const kept = number.is_on_biz_app ? { body: given } : {}
  customer.wrote.set(wamid, { wamid, numberId: number.id, type, timestampMs, ...kept })
  if (opensWindow(type)) {
    const lastMs = customer.lastWroteAtMs.get(number.id) ?? 0
    customer.lastWroteAtMs.set(number.id, Math.max(lastMs, timestampMs))
  }

  if (isObject(given.referral)) comeFromAd(customer, number.id, timestampMs)
  countIncoming(world, number)

  const sent = {
    ...senderOf(world, customer),
    ...given,
    id: wamid,
    timestamp,
    type,
    ...(await payloadOf(world, number, type, given)),
    ...contextOf(world, number, customer, given),
  }
  if (isElsewhere(customer, number.id)) {
    announceStandby(world, customer, number, { messages: [sent] })
    return wamid
  }
  announce(
    world,
    'messages',
    {
      ...aboutNumber(number),
      ...(type === 'system' ? {} : { contacts: [writerOf(world, customer, number)] }),
      messages: [sent],
    },
    { lane, part: `messages/${type}`, number },
  )
  return wamid
}

function firstNumberId(world: World): string {
  return must([...world.numbers.keys()][0], 'number')
}

/** Files become media that can be fetched; text may be given without its wrapping; the rest stays as given. */
async function payloadOf(world: World, number: BusinessNumber, type: string, given: JsonObject) {
  if (type === 'text' && typeof given.text === 'string') return { text: { body: given.text } }
  const kind = mediaKinds.find((one) => one === type)
  const payload = objectAt(given, type)
  if (!kind || textAt(payload, 'id') !== undefined) return {}

  const { base64, ...shown } = payload
  const file = await makeFile(world.random, kind, {
    base64: typeof base64 === 'string' ? base64 : undefined,
    mimeType: textAt(payload, 'mime_type'),
    fileName: textAt(payload, 'filename'),
  })
  const nowMs = world.clock.nowMs()
  const id = world.ids.object()
  const media = world.media.add('theirs', { ...file, id, numberId: number.id }, nowMs)
  const sha256 = media.sha256.toString('base64')
  const about = { ...shown, ...file.extra, id, mime_type: media.mimeType, sha256 }
  return { [kind]: { ...about, url: `${world.url}${world.media.link(media, nowMs)}` } }
}

/** A quote names whose message it quotes. */
function contextOf(world: World, number: BusinessNumber, customer: Customer, given: JsonObject) {
  const { context } = given
  if (!isObject(context) || typeof context.id !== 'string' || context.from !== undefined) return {}
  const isTheirOwn = customer.wrote.has(context.id)
  const from = isTheirOwn ? senderOf(world, customer).from : digitsOf(number.display_phone_number)
  return { context: from === undefined ? context : { ...context, from } }
}

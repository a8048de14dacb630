/** A number that is also in the WhatsApp Business app hands over its contacts and its past, each once. */
import { isObject, present, type JsonObject } from '../../json.ts'
import { contactOf, senderOf } from '../../messaging/identity.ts'
import { aboutNumber, announce, stampOf } from '../../webhooks/announce.ts'
import type { Customer } from '../../world/customer.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { checkProduct, optionalChoice, type Call } from '../call.ts'
import { GraphError, missing } from '../errors.ts'

const withinMs = 24 * 3_600_000
const historyMs = 180 * 24 * 3_600_000

export function syncApp({ world, node, values }: Call<'number'>) {
  const { number } = node
  checkProduct(values)
  const type = optionalChoice(values, 'sync_type', ['smb_app_state_sync', 'history'])
  if (type === undefined) throw missing('sync_type')
  if (!number.is_on_biz_app) {
    throw new GraphError(100, 'The number is not in the WhatsApp Business app.')
  }
  const onboardedMs = Date.parse(number.last_onboarded_time)
  if (world.clock.nowMs() - onboardedMs > withinMs) {
    throw new GraphError(2593107, 'It has to be asked for within 24 hours of onboarding.')
  }
  if (number.state.syncs.has(type)) throw new GraphError(2593108, `${type} was done already.`)
  number.state.syncs.add(type)
  if (type === 'history') tellHistory(world, number)
  else tellContacts(world, number)
  return { messaging_product: 'whatsapp', request_id: world.ids.key(20) }
}

function tellContacts(world: World, number: BusinessNumber): void {
  const timestamp = stampOf(world.clock.nowMs())
  const contacts = peopleOf(world, number).map((one) => ({
    type: 'contact',
    contact: present({
      full_name: one.name,
      first_name: one.name.split(' ')[0],
      phone_number: one.phone,
      user_id: one.userId,
    }),
    action: 'add',
    metadata: { timestamp },
  }))
  tell(world, number, 'smb_app_state_sync', { state_sync: contacts })
}

/** One chunk: the desk's conversations are short. */
function tellHistory(world: World, number: BusinessNumber): void {
  const threads = peopleOf(world, number).map((one) => ({
    id: one.phone ?? one.userId,
    context: present({ wa_id: one.phone, user_id: one.userId, username: one.username }),
    messages: messagesOf(world, number, one),
  }))
  const metadata = { phase: 0, chunk_order: 1, progress: 100 }
  tell(world, number, 'history', {
    contacts: peopleOf(world, number).map((one) => contactOf(world, one)),
    history: [{ metadata, threads }],
  })
}

function tell(world: World, number: BusinessNumber, field: string, part: JsonObject): void {
  announce(world, field, { ...aboutNumber(number), ...part }, { number })
}

/** Everybody who has written with this number. */
function peopleOf(world: World, number: BusinessNumber): Customer[] {
  const isHere = (one: { numberId: string }) => one.numberId === number.id
  return world.customers
    .all()
    .filter((one) => [...one.wrote.values()].some(isHere) || one.arrived.some(isHere))
}

function messagesOf(world: World, number: BusinessNumber, customer: Customer): JsonObject[] {
  const sinceMs = world.clock.nowMs() - historyMs
  const ours = digitsOf(number.display_phone_number)
  const theirs = [...customer.wrote.values()].flatMap((one) =>
    one.numberId === number.id && one.body && one.timestampMs > sinceMs
      ? [
          {
            atMs: one.timestampMs,
            message: { ...senderOf(world, customer), ...one.body, id: one.wamid, type: one.type },
            status: one.readAtMs === undefined ? 'DELIVERED' : 'READ',
          },
        ]
      : [],
  )
  const sent = customer.arrived.flatMap((one) =>
    one.numberId === number.id && one.receivedAtMs > sinceMs
      ? [
          {
            atMs: one.receivedAtMs,
            message: present({
              from: ours,
              to: customer.phone,
              id: one.wamid,
              type: one.type,
              [one.type]: isObject(one.body) ? one.body[one.type] : undefined,
            }),
            status: one.status.toUpperCase(),
          },
        ]
      : [],
  )
  return [...theirs, ...sent]
    .sort((one, two) => one.atMs - two.atMs)
    .map(({ atMs, message, status }) => ({
      ...message,
      timestamp: stampOf(atMs),
      history_context: { status },
    }))
}

/** A person calls one of the firm's numbers: it rings, and ends. */
import { present, type JsonObject } from '../json.ts'
import { aboutNumber, announce, stampOf } from '../webhooks/announce.ts'
import type { Customer } from '../world/customer.ts'
import { digitsOf, type BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { contactOf, senderOf } from './identity.ts'

/** Answered or not, a call opens the window as a message does. @returns the call's id */
export function callUs(
  world: World,
  customer: Customer,
  number: BusinessNumber,
  wish: { seconds?: number; isTaken?: boolean },
): string {
  const { seconds = 20, isTaken = false } = wish
  const startMs = world.clock.nowMs()
  const id = `wacid.${world.ids.message('in', customer.phone ?? customer.userId).slice(6)}`
  const tell = (event: JsonObject) => announceCall(world, customer, number, { id, ...event })
  customer.lastWroteAtMs.set(number.id, startMs)
  const session = { sdp_type: 'offer', sdp: 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\n' }
  tell({ event: 'connect', timestamp: stampOf(startMs), session })
  world.clock.after(seconds * 1000, () => {
    const endMs = world.clock.nowMs()
    customer.lastWroteAtMs.set(number.id, endMs)
    tell({
      event: 'terminate',
      timestamp: stampOf(endMs),
      status: isTaken ? 'COMPLETED' : 'FAILED',
      ...(isTaken
        ? { start_time: stampOf(startMs), end_time: stampOf(endMs), duration: seconds }
        : {}),
    })
  })
  return id
}

function announceCall(
  world: World,
  customer: Customer,
  number: BusinessNumber,
  call: JsonObject,
): void {
  const told = present({
    ...senderOf(world, customer),
    to: digitsOf(number.display_phone_number),
    direction: 'USER_INITIATED',
    ...call,
  })
  const contacts = [contactOf(world, customer)]
  const value = { ...aboutNumber(number), contacts, calls: [told] }
  announce(world, 'calls', value, {
    lane: customer.id,
    part: `calls/${String(call.event)}`,
    number,
  })
}

/**
 * Who answers a person at a number: our app, or another one that shares the number. While it is another, we get
 * copies and may not answer. What the firm writes from the phone's own app comes as an echo.
 */
import { present, textAt, type JsonObject } from '../json.ts'
import { aboutNumber, announce, stampOf } from '../webhooks/announce.ts'
import type { Customer } from '../world/customer.ts'
import { digitsOf, type BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { contactOf, shownPhone } from './identity.ts'

export type HandOver = { to: 'us' | 'another'; role?: string; metadata?: string; isTaken?: boolean }

export function isElsewhere(customer: Customer | undefined, numberId: string): boolean {
  return customer?.answeredElsewhere.has(numberId) ?? false
}

/** The thread changes hands, by being passed on or by being taken. */
export function handOver(
  world: World,
  customer: Customer,
  number: BusinessNumber,
  wish: HandOver,
): void {
  const ours = 'customer_service'
  const theirs = wish.role ?? 'ai_agent'
  const isOurs = wish.to === 'us'
  if (isOurs) customer.answeredElsewhere.delete(number.id)
  else customer.answeredElsewhere.add(number.id)
  const type = wish.isTaken === true ? 'control_taken' : 'control_passed'
  const value = {
    messaging_product: 'whatsapp',
    sender: present({ phone_number: shownPhone(customer) }),
    recipient: {
      phone_number_id: number.id,
      display_phone_number: digitsOf(number.display_phone_number),
    },
    type,
    timestamp: stampOf(world.clock.nowMs()),
    [type]: present({
      previous_owner_role: isOurs ? theirs : ours,
      new_owner_role: isOurs ? ours : theirs,
      previous_owner_app_id: isOurs ? undefined : world.account.appId,
      new_owner_app_id: isOurs ? world.account.appId : undefined,
      metadata: wish.metadata,
    }),
  }
  announce(world, 'messaging_handovers', value, { lane: customer.id, part: type, number })
}

/** A copy of what goes on in a thread that is another's to answer. */
export function announceStandby(
  world: World,
  customer: Customer,
  number: BusinessNumber,
  copies: { messages: JsonObject[] } | { message_echoes: JsonObject[] },
): void {
  const standby = { contacts: [contactOf(world, customer)], ...copies }
  const value = { ...aboutNumber(number), standby }
  const part = 'messages' in copies ? 'messages' : 'message_echoes'
  announce(world, 'standby', value, { lane: customer.id, part: `standby/${part}`, number })
}

/** Somebody of the firm writes to the person without us: from the phone's app, or from the app that has the thread. */
export function echo(
  world: World,
  customer: Customer,
  number: BusinessNumber,
  message: JsonObject,
): string {
  const type = textAt(message, 'type') ?? 'text'
  const peer = customer.phone ?? customer.userId
  const id = textAt(message, 'id') ?? world.ids.message('out', peer)
  const timestamp = textAt(message, 'timestamp') ?? stampOf(world.clock.nowMs())
  if (isElsewhere(customer, number.id)) {
    const body = { messaging_product: 'whatsapp', to: shownPhone(customer), ...message }
    announceStandby(world, customer, number, {
      message_echoes: [{ id, timestamp, message: present(body) }],
    })
    return id
  }
  const told = present({
    from: digitsOf(number.display_phone_number),
    to: shownPhone(customer),
    to_user_id: customer.userId,
    ...message,
    id,
    timestamp,
    type,
  })
  const contacts = [contactOf(world, customer)]
  const value = { ...aboutNumber(number), contacts, message_echoes: [told] }
  announce(world, 'smb_message_echoes', value, {
    lane: customer.id,
    part: `echoes/${type}`,
    number,
  })
  return id
}

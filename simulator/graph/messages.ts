import { isWindowOpen } from '../messaging/window.ts'
import { isElsewhere } from '../messaging/thread.ts'
import { rateFault } from '../messaging/rates.ts'
import { accept } from '../messaging/accept.ts'
import type { Recipient } from '../world/message.ts'
import type { Call } from './call.ts'
import { GraphError, missing } from './errors.ts'
import { markRead } from './read.ts'
import { checkContent } from './send/content.ts'
import { checkEnvelope } from './send/envelope.ts'
import { checkRecipient } from './send/recipient.ts'
import { checkTemplate } from './send/template.ts'

/** A message to a customer, or a read receipt for one of theirs. */
export function postMessage(call: Call<'number'>) {
  const { world, node, values } = call
  if (values.messaging_product !== 'whatsapp') {
    throw new GraphError(100, undefined, {
      message: '(#100) The parameter messaging_product is required.',
    })
  }
  if (values.status !== undefined) return markRead(call)
  checkState(call)

  const { type, callbackData } = checkEnvelope(values)
  const to = checkRecipient(world, node.number, values)
  const template = type === 'template' ? checkTemplate(world, values, to) : undefined
  if (!template) checkContent(world, node.number, type, values)
  const customer =
    to.by === 'phone' ? world.customers.withPhone(to.phone) : world.customers.withUserId(to.userId)
  const isClosed =
    customer && !template && !isWindowOpen(customer, node.number.id, world.clock.nowMs())
  if (isClosed && world.account.closedWindow === 'sync') {
    throw new GraphError(
      131047,
      'More than 24 hours have passed since the customer last wrote to this number.',
    )
  }

  if (!template && isElsewhere(customer, node.number.id)) {
    throw new GraphError(131005, 'Another app has this thread; only templates may be sent.')
  }
  const limited = rateFault(world, node.number, customer?.id ?? to.input)
  if (limited !== undefined) throw new GraphError(limited)

  const { access_token: _, ...body } = values
  const message = accept(world, {
    numberId: node.number.id,
    to,
    type,
    body,
    ...(customer ? { customer } : {}),
    ...(template ? { template } : {}),
    ...(callbackData === undefined ? {} : { callbackData }),
  })
  return {
    messaging_product: 'whatsapp',
    contacts: [contactIn(to)],
    messages: [{ id: message.wamid, ...(template ? { message_status: 'accepted' } : {}) }],
  }
}

/** A message to a phone is answered with its `wa_id`, one to a user id with that id alone. */
function contactIn(to: Recipient) {
  return to.by === 'phone'
    ? { input: to.input, wa_id: to.phone }
    : { input: to.input, user_id: to.userId }
}

/** A number that is not connected, or whose account is locked, sends nothing. */
function checkState({ world, node }: Call<'number'>): void {
  const { status, platform_type: platform } = node.number
  if (world.account.status !== 'ACTIVE') {
    throw new GraphError(131031, 'The WhatsApp Business account has been disabled.')
  }
  if (platform === 'NOT_APPLICABLE') {
    throw new GraphError(133010, 'The phone number is not registered on the platform.')
  }
  if (status === 'BANNED' || status === 'RESTRICTED') {
    throw new GraphError(131031, `The phone number is ${status.toLowerCase()}.`)
  }
  if (status === 'DELETED') throw missing('phone number')
}

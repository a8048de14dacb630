import { isWindowOpen } from '../messaging/window.ts'
import { isElsewhere } from '../messaging/thread.ts'
import { rateFault } from '../messaging/rates.ts'
import { accept } from '../messaging/accept.ts'
import type { JsonObject } from '../json.ts'
import type { Customer } from '../world/customer.ts'
import type { Recipient } from '../world/message.ts'
import type { Template } from '../world/template.ts'
import { checkProduct, optionalFlag, optionalChoice, unfolded, type Call } from './call.ts'
import { GraphError } from './errors.ts'
import { markRead } from './read.ts'
import { checkContent } from './send/content.ts'
import { checkEnvelope } from './send/envelope.ts'
import { checkMarketing, checkRoute } from './send/marketing.ts'
import { hold, isHeldNext } from './send/pacing.ts'
import { checkRecipient } from './send/recipient.ts'
import { checkAllowed, checkNumber } from './send/state.ts'
import { checkTemplate } from './send/template/check.ts'

/** A message to a customer, or a read receipt for one of theirs. */
export function postMessage(call: Call<'number'>) {
  checkProduct(call.values)
  if (call.values.status !== undefined) return markRead(call)
  return send(call, (template) => {
    if (template) checkRoute(call.world, template)
    return false
  })
}

/** The same body, but marketing templates only. */
export function postMarketingMessage(call: Call<'number'>) {
  checkProduct(call.values)
  const policy = optionalChoice(call.values, 'product_policy', ['CLOUD_API_FALLBACK', 'STRICT'])
  optionalFlag(call.values, 'message_activity_sharing')
  return send(call, (template) => checkMarketing(call.world, template, policy))
}

/** @param checkPath what the endpoint itself demands of the template; true when Meta optimises the delivery */
function send(call: Call<'number'>, checkPath: (template: Template | undefined) => boolean) {
  const { world, node, values } = call
  const sending = { world, number: node.number }
  checkNumber(sending)
  const { type, callbackData } = checkEnvelope(values)
  const to = checkRecipient(world, node.number, values)
  const template = type === 'template' ? checkTemplate(values, to, sending) : undefined
  if (!template) checkContent(type, values, sending)
  const isMarketingLite = checkPath(template)
  const customer =
    to.by === 'phone' ? world.customers.withPhone(to.phone) : world.customers.withUserId(to.userId)
  checkAllowed(sending, to, customer, template)
  if (!template) checkWindow(call, customer)

  checkFlow(call, to, customer, template)

  const isHeld = template !== undefined && isHeldNext(template)
  const message = accept(world, {
    numberId: node.number.id,
    to,
    type,
    body: bodyOf(values, type),
    ...(isMarketingLite ? { isMarketingLite } : {}),
    ...(isHeld ? { isHeld } : {}),
    ...(customer ? { customer } : {}),
    ...(template ? { template } : {}),
    ...(callbackData === undefined ? {} : { callbackData }),
  })
  if (isHeld) hold(world, template, message)
  const status = isHeld ? 'held_for_quality_assessment' : 'accepted'
  return {
    messaging_product: 'whatsapp',
    contacts: [contactIn(to)],
    messages: [{ id: message.wamid, ...(template ? { message_status: status } : {}) }],
  }
}

/** Whether this app has the thread, and the rates leave room for one more. */
function checkFlow(
  { world, node }: Call<'number'>,
  to: Recipient,
  customer: Customer | undefined,
  template: Template | undefined,
): void {
  if (!template && isElsewhere(customer, node.number.id)) {
    throw new GraphError(131005, 'Another app has this thread; only templates may be sent.')
  }
  const limited = rateFault(world, node.number, customer?.id ?? to.input)
  if (limited !== undefined) throw new GraphError(limited)
}

function checkWindow({ world, node }: Call<'number'>, customer: Customer | undefined): void {
  if (!customer || world.account.closedWindow !== 'sync') return
  if (isWindowOpen(customer, node.number.id, world.clock.nowMs())) return
  throw new GraphError(
    131047,
    'More than 24 hours have passed since the customer last wrote to this number.',
  )
}

/** What was sent, without the token; forms and some clients write the content as JSON text. */
function bodyOf({ access_token: _, ...values }: JsonObject, type: string): JsonObject {
  return { ...values, [type]: unfolded(values[type]) }
}

/** A message to a phone is answered with its `wa_id`, one to a user id with that id alone. */
function contactIn(to: Recipient) {
  return to.by === 'phone'
    ? { input: to.input, wa_id: to.phone }
    : { input: to.input, user_id: to.userId }
}

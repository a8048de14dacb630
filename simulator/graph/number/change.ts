import { handshakeFault } from '../../webhooks/handshake.ts'
import { callbackFailed } from '../account/subscribed-apps.ts'
import { objectOf, optionalChoice, optionalText, requiredText, type Call } from '../call.ts'
import { invalid } from '../errors.ts'
import { changePin } from './register.ts'

/** Asks for another display name, sets the two-step PIN, or gives the number a webhook address of its own. */
export async function changeNumber(call: Call<'number'>) {
  const { world, node, values } = call
  const { number } = node
  const name = optionalText(values, 'new_display_name')
  if (name !== undefined) {
    if (name.trim().length < 3) throw invalid('new_display_name', 'is too short')
    number.new_display_name = name
    number.new_name_status = 'PENDING_REVIEW'
  }
  const pin = optionalText(values, 'pin')
  if (pin !== undefined) changePin(world, number, pin)
  const visibility = optionalChoice(values, 'search_visibility', ['VISIBLE', 'HIDDEN'])
  if (visibility !== undefined) number.search_visibility = visibility
  if (values.webhook_configuration !== undefined) await changeCallback(call)
  return { success: true }
}

/** An empty address clears the override; another one must pass the handshake first. */
async function changeCallback({ world, node, values }: Call<'number'>) {
  const configuration = objectOf(values, 'webhook_configuration')
  const url = optionalText(configuration, 'override_callback_uri') ?? ''
  if (url === '') {
    delete node.number.callback
    return
  }
  if (url.length > 200 || !URL.canParse(url)) {
    throw invalid('override_callback_uri', 'must be an address of at most 200 characters')
  }
  const verifyToken = requiredText(configuration, 'verify_token')
  const fault = await handshakeFault(url, verifyToken)
  if (fault !== undefined) throw callbackFailed(fault)
  node.number.callback = { url, verifyToken }
  world.outbox.retryNow()
}

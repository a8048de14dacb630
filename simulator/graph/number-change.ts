import { handshakeFault } from '../webhooks/handshake.ts'
import { announce } from '../webhooks/announce.ts'
import { digitsOf } from '../world/number.ts'
import { objectOf, optionalText, requiredText, type Call } from './call.ts'
import { invalid } from './errors.ts'
import { callbackFailed } from './subscribed-apps.ts'

/** Asks for another display name, sets the two-step PIN, or gives the number a webhook address of its own. */
export async function changeNumber({ world, node, values }: Call<'number'>) {
  const { number } = node
  const name = optionalText(values, 'new_display_name')
  if (name !== undefined) {
    if (name.trim().length < 3) throw invalid('new_display_name', 'is too short')
    number.new_display_name = name
    number.new_name_status = 'PENDING_REVIEW'
  }
  const pin = optionalText(values, 'pin')
  if (pin !== undefined) {
    if (!/^\d{6}$/.test(pin)) throw invalid('pin', 'must be six digits')
    number.is_pin_enabled = true
    announce(world, 'security', {
      display_phone_number: digitsOf(number.display_phone_number),
      event: 'PIN_CHANGED',
    })
  }
  const visibility = optionalText(values, 'search_visibility')
  if (visibility !== undefined) {
    if (!['VISIBLE', 'HIDDEN'].includes(visibility))
      throw invalid('search_visibility', 'is unknown')
    number.search_visibility = visibility
  }
  if (values.webhook_configuration !== undefined) await changeCallback({ world, node, values })
  return { success: true }
}

/** An empty address clears the override; another one must pass the handshake first. */
async function changeCallback({ world, node, values }: Omit<Call<'number'>, 'address'>) {
  const configuration = objectOf(values, 'webhook_configuration')
  const url = optionalText(configuration, 'override_callback_uri') ?? ''
  if (url === '') {
    delete node.number.callback
    return
  }
  if (!URL.canParse(url)) throw invalid('override_callback_uri', 'is not an address')
  const verifyToken = requiredText(configuration, 'verify_token')
  const fault = await handshakeFault(url, verifyToken)
  if (fault !== undefined) throw callbackFailed(fault)
  node.number.callback = { url, verifyToken }
  world.outbox.retryNow()
}

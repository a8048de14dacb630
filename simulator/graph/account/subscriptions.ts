/** The app's own webhook address and fields. @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions */
import { handshakeFault } from '../../webhooks/handshake.ts'
import { requiredText, textsOf, type Call } from '../call.ts'
import { badParameter } from '../errors.ts'
import { callbackFailed } from './subscribed-apps.ts'

const object = 'whatsapp_business_account'

export function listSubscriptions({ node }: Call<'app'>) {
  const { callback, fields } = node.account
  if (callback === undefined) return { data: [] }
  const shown = [...(fields ?? [])].map((name) => ({ name, version: 'v25.0' }))
  return { data: [{ object, callback_url: callback, active: true, fields: shown }] }
}

/** The address has to pass the handshake; from then on only the fields named are sent. */
export async function subscribeApp({ world, node, values }: Call<'app'>) {
  const { account } = node
  if (requiredText(values, 'object') !== object) throw badParameter('object', `must be ${object}`)
  const url = requiredText(values, 'callback_url')
  if (!URL.canParse(url)) throw badParameter('callback_url', 'is not an address')
  const verifyToken = requiredText(values, 'verify_token')
  const fields = textsOf(values, 'fields') ?? []
  const fault = await handshakeFault(url, verifyToken)
  if (fault !== undefined) throw callbackFailed(fault)
  account.callback = url
  account.verifyToken = verifyToken
  if (fields.length > 0) account.fields = new Set([...(account.fields ?? []), ...fields])
  world.outbox.retryNow()
  return { success: true }
}

/** Some of the fields, or all of it. */
export function unsubscribeApp({ node, values }: Call<'app'>) {
  const { account } = node
  const fields = textsOf(values, 'fields')
  if (fields) for (const field of fields) account.fields?.delete(field)
  else delete account.callback
  return { success: true }
}

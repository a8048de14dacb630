import { handshakeFault } from '../../webhooks/handshake.ts'
import { optionalText, requiredText, type Call } from '../call.ts'
import { GraphError, invalid } from '../errors.ts'

export function listSubscribedApps({ world }: Call<'account'>) {
  const { account } = world
  if (!account.isSubscribed) return { data: [] }
  return {
    data: [
      {
        whatsapp_business_api_data: {
          id: account.appId,
          name: 'Kontor',
          link: `https://www.facebook.com/games/?app_id=${account.appId}`,
        },
        ...(account.override ? { override_callback_uri: account.override.url } : {}),
      },
    ],
  }
}

/** Turns webhooks on; with another address, only once that address has passed the handshake. */
export async function subscribe({ world, values }: Call<'account'>) {
  const { account } = world
  const url = optionalText(values, 'override_callback_uri')
  if (url !== undefined && url !== '') {
    if (url.length > 200 || !URL.canParse(url)) {
      throw invalid('override_callback_uri', 'must be an address of at most 200 characters')
    }
    const verifyToken = requiredText(values, 'verify_token')
    const fault = await handshakeFault(url, verifyToken)
    if (fault !== undefined) throw callbackFailed(fault)
    account.override = { url, verifyToken }
  } else {
    delete account.override
  }
  account.isSubscribed = true
  world.outbox.retryNow()
  return { success: true }
}

export function unsubscribe({ world }: Call<'account'>) {
  world.account.isSubscribed = false
  delete world.account.override
  return { success: true }
}

export function callbackFailed(fault: string): GraphError {
  return new GraphError(2200, undefined, {
    message: `(#2200) Callback verification failed with the following errors: ${fault}`,
  })
}

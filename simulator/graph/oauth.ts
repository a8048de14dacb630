import type { JsonObject } from '../json.ts'
import type { World } from '../world/world.ts'
import { optionalText, requiredText } from './call.ts'
import { GraphError } from './errors.ts'

/** The app's own token for its id and secret. A sign-up's code never fits: the desk has no sign-up. */
export function giveToken({ account }: World, values: JsonObject) {
  const id = requiredText(values, 'client_id')
  if (id !== account.appId) throw refused('Error validating application. There is no such app.')
  if (requiredText(values, 'client_secret') !== account.appSecret) {
    throw refused('Error validating client secret.')
  }
  if (optionalText(values, 'grant_type') === 'client_credentials') {
    return { access_token: `${account.appId}|${account.appSecret}`, token_type: 'bearer' }
  }
  throw new GraphError(100, undefined, { message: 'Invalid verification code.', subcode: 36009 })
}

function refused(message: string): GraphError {
  return new GraphError(1, undefined, { message })
}

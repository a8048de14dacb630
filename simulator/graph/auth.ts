import { createHmac } from 'node:crypto'
import type { Account } from '../world/account.ts'
import { textAt, type JsonObject } from '../json.ts'
import { GraphError } from './errors.ts'

/**
 * Lets a request in that carries the account's token, or the app's, as a header or as a parameter.
 *
 * @throws GraphError 104 without a token, 190 with one that is not valid
 */
export function authenticate(
  account: Account,
  header: string | undefined,
  values: JsonObject,
): void {
  const [, fromHeader] = /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(header ?? '') ?? []
  const token = fromHeader ?? textAt(values, 'access_token')
  if (token === undefined || token === '') {
    throw new GraphError(104, undefined, {
      message: 'An access token is required to request this resource.',
    })
  }
  if (token !== account.token && token !== `${account.appId}|${account.appSecret}`) {
    throw new GraphError(190, undefined, {
      message: 'Invalid OAuth access token - Cannot parse access token',
    })
  }
  if (account.isTokenExpired) {
    throw new GraphError(190, undefined, {
      message: 'Error validating access token: Session has expired.',
      subcode: 463,
    })
  }
  const proof = textAt(values, 'appsecret_proof')
  if (proof !== undefined && proof !== proofOf(account, token)) {
    throw new GraphError(100, undefined, {
      message: 'Invalid appsecret_proof provided in the API argument',
    })
  }
}

function proofOf(account: Account, token: string): string {
  return createHmac('sha256', account.appSecret).update(token).digest('hex')
}

import { present } from '../json.ts'
import type { BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'

/** What a server needs to connect: `GET /control/account`. */
export type ShownAccount = {
  businessId: string
  accountId: string
  appId: string
  token: string
  appSecret: string
  verifyToken: string
  numbers: { id: string; displayPhoneNumber: string; verifiedName: string }[]
}

export function shownAccount({ account, numbers }: World): ShownAccount {
  const { businessId, accountId, appId, token, appSecret, verifyToken } = account
  return {
    businessId,
    accountId,
    appId,
    token,
    appSecret,
    verifyToken,
    numbers: [...numbers.values()].map((one) => ({
      id: one.id,
      displayPhoneNumber: one.display_phone_number,
      verifiedName: one.verified_name,
    })),
  }
}

/** A number with what only its owner has in hand: the PIN, and the code that came by SMS. */
export function shownNumber({ state, ...number }: BusinessNumber) {
  return { ...number, ...present({ pin: state.pin, verificationCode: state.code?.digits }) }
}

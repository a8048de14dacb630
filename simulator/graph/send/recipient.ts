import type { JsonObject } from '../../json.ts'
import type { Recipient } from '../../world/message.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { optionalText } from '../call.ts'
import { GraphError, invalid, missing } from '../errors.ts'

const userIdPattern = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

/** Whom it is for. When both a phone and a user id are given, the phone counts. */
export function checkRecipient(world: World, from: BusinessNumber, values: JsonObject): Recipient {
  const to = optionalText(values, 'to')
  if (to !== undefined && to !== '') {
    const phone = phoneOf(world, from, to)
    if (phone === digitsOf(from.display_phone_number)) {
      throw new GraphError(131021, 'The recipient is the sending number itself.')
    }
    return { by: 'phone', input: to, phone }
  }
  const userId = optionalText(values, 'recipient')
  if (userId === undefined || userId === '') throw missing('to')
  if (!userIdPattern.test(userId)) throw invalid('recipient', 'is not a business-scoped user id')
  return { by: 'user', input: userId, userId }
}

/** The number in E.164 without the plus. Without its country, it is taken to be in the sender's. */
function phoneOf(world: World, from: BusinessNumber, to: string): string {
  if (!/^[+\d\s().-]+$/.test(to)) throw invalid('to', 'is not a phone number')
  const digits = digitsOf(to).replace(/^00/, '')
  const isComplete =
    to.trim().startsWith('+') ||
    world.customers.withPhone(digits) !== undefined ||
    (!digits.startsWith('0') && digits.length > 10)
  const phone = isComplete ? digits : `${from.country_dial_code}${digits.replace(/^0/, '')}`
  if (phone.length < 7 || phone.length > 15) throw invalid('to', 'is not a phone number')
  return phone
}

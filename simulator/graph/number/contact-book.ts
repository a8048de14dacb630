import { checkProduct, requiredText, type Call } from '../call.ts'
import { invalid } from '../errors.ts'

/** Meta's contact book forgets whose phone a user id is; from then on webhooks show the id alone. */
export function forgetContact({ world, values }: Call<'number'>) {
  checkProduct(values)
  const userId = requiredText(values, 'bsuid')
  if (!/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/.test(userId)) {
    throw invalid('bsuid', 'is not a business-scoped user id')
  }
  const customer = world.customers.withUserId(userId)
  const isKnown = customer?.isPhoneKnown === true
  if (customer) customer.isPhoneKnown = false
  return { messaging_product: 'whatsapp', success: true, deleted: isKnown }
}

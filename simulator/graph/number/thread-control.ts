/** Who answers a conversation when the number is shared between apps; the desk has one app, which has them all. */
import { checkProduct, objectOf, optionalChoice, optionalText, type Call } from '../call.ts'
import { GraphError, missing } from '../errors.ts'
import { within } from '../send/limits.ts'
import { checkRecipient } from '../send/recipient.ts'

export function controlThread({ world, node, values }: Call<'number'>) {
  checkProduct(values)
  const action = optionalChoice(values, 'action', ['pass', 'release', 'take'])
  if (action === undefined) throw missing('action')
  checkRecipient(world, node.number, values)
  within('metadata', optionalText(values, 'metadata') ?? '', 2000)
  if (values.control_pass !== undefined) objectOf(values, 'control_pass')
  if (action === 'take') {
    throw new GraphError(2494191, 'Only the escalation partner may take a conversation.')
  }
  return { messaging_product: 'whatsapp', success: true }
}

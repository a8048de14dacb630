/** Our app hands a conversation to another one that shares the number; control hands it back. */
import { objectAt, textAt } from '../../json.ts'
import { handOver, isElsewhere } from '../../messaging/thread.ts'
import { checkProduct, optionalChoice, optionalText, unfolded, type Call } from '../call.ts'
import { GraphError, invalid, missing } from '../errors.ts'
import { within } from '../send/limits.ts'
import { checkRecipient } from '../send/recipient.ts'

export function controlThread({ world, node, values }: Call<'number'>) {
  checkProduct(values)
  const action = optionalChoice(values, 'action', ['pass', 'release', 'take'])
  if (action === undefined) throw missing('action')
  const to = checkRecipient(world, node.number, values)
  const metadata = optionalText(values, 'metadata')
  within('metadata', metadata ?? '', 2000)
  if (action === 'take') {
    throw new GraphError(2494191, 'Only the escalation partner may take a conversation.')
  }
  const customer =
    to.by === 'phone' ? world.customers.withPhone(to.phone) : world.customers.withUserId(to.userId)
  if (!customer) throw invalid('to', 'is nobody this number has written with')
  if (isElsewhere(customer, node.number.id)) {
    throw new GraphError(131005, 'Another app has this thread.')
  }
  if (action === 'pass') {
    const role = textAt(objectAt({ pass: unfolded(values.control_pass) }, 'pass'), 'target_role')
    handOver(world, customer, node.number, {
      to: 'another',
      ...(role === undefined ? {} : { role }),
      ...(metadata === undefined ? {} : { metadata }),
    })
  }
  return { messaging_product: 'whatsapp', success: true }
}

import { must } from '../../core/lib/must.ts'
import type { Customer } from '../world/customer.ts'
import { objectOf, requiredText, type Call } from './call.ts'
import { invalid } from './errors.ts'

/** How long "typing…" is shown when no message follows. */
const typingMs = 25_000

/** Marks the customer's message and the earlier ones to this number as read, and may show "typing…". */
export function markRead({ world, node, values }: Call<'number'>) {
  if (values.status !== 'read') throw invalid('status', "must be 'read'")
  const wamid = requiredText(values, 'message_id')
  const customer = world.customers.authorOf(wamid)
  const read = customer?.wrote.get(wamid)
  if (!customer || !read || read.numberId !== node.number.id) {
    throw invalid('message_id', 'is no message that a customer sent to this number')
  }
  if (values.typing_indicator !== undefined) {
    if (objectOf(values, 'typing_indicator').type !== 'text') {
      throw invalid('typing_indicator.type', "must be 'text'")
    }
    customer.typingUntilMs.set(node.number.id, world.clock.nowMs() + typingMs)
  }
  readUpTo(customer, wamid, world.clock.nowMs())
  return { success: true }
}

function readUpTo(customer: Customer, wamid: string, nowMs: number): void {
  const { numberId, timestampMs } = must(customer.wrote.get(wamid), 'message that was read')
  for (const one of customer.wrote.values()) {
    if (one.numberId === numberId && one.timestampMs <= timestampMs) one.readAtMs ??= nowMs
  }
}

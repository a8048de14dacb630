/** Whether the account and the number may send at all, and this to that person. */
import { isRestricted } from '../../world/account.ts'
import type { Customer } from '../../world/customer.ts'
import type { Recipient } from '../../world/message.ts'
import type { Template } from '../../world/template.ts'
import { GraphError } from '../errors.ts'
import type { Sending } from './media.ts'

/** A number that is not connected, or whose account is locked, sends nothing. */
export function checkNumber({ world, number }: Sending): void {
  const { status, platform_type: platform } = number
  if (world.account.status !== 'ACTIVE') {
    throw new GraphError(131031, 'The WhatsApp Business account has been disabled.')
  }
  if (status === 'DELETED') throw new GraphError(33, 'The phone number has been deleted.')
  if (platform === 'NOT_APPLICABLE') {
    throw new GraphError(133010, 'The phone number is not registered on the platform.')
  }
  if (status === 'BANNED' || status === 'RESTRICTED') {
    throw new GraphError(131031, `The phone number is ${status.toLowerCase()}.`)
  }
  if (number.state.isInMaintenance) {
    throw new GraphError(131057, 'The phone number is being moved to a higher throughput.')
  }
}

export function checkAllowed(
  { world, number }: Sending,
  to: Recipient,
  customer: Customer | undefined,
  template: Template | undefined,
): void {
  const nowMs = world.clock.nowMs()
  const restriction = template
    ? 'RESTRICTED_BIZ_INITIATED_MESSAGING'
    : 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING'
  if (isRestricted(world.account, restriction, nowMs)) {
    throw new GraphError(368, `The account is restricted: ${restriction}.`)
  }
  if (customer && number.state.blocked.has(customer.id)) {
    throw new GraphError(130403, 'This number has blocked the recipient.')
  }
  const { testRecipients } = number.state
  if (number.account_mode !== 'SANDBOX' || to.by !== 'phone') return
  if (!testRecipients.includes(to.phone)) {
    throw new GraphError(131030, 'The recipient is not in the list of this test number.')
  }
}

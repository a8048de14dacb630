/**
 * What becomes of an accepted message: it fails for a reason of its own, or goes sent → delivered →
 * read, arriving on the person's phone on the way. A person who blocks us leaves it at sent.
 */
import { must } from '../../core/lib/must.ts'
import { objectAt, textAt } from '../json.ts'
import type { Customer } from '../world/customer.ts'
import type { SentMessage } from '../world/message.ts'
import type { World } from '../world/world.ts'
import type { FailureCode } from './failures.ts'
import { mediaFault } from './media-fault.ts'
import { lookingMs } from './pace.ts'
import { countDelivered } from './pricing.ts'
import { answerFrom } from './replies.ts'
import { announceFailure, announceStatus } from './statuses.ts'
import { isBeyondTier } from './rates.ts'
import { isWindowOpen } from './window.ts'

export function deliver(world: World, message: SentMessage): void {
  const failure = reasonToFail(world, message)
  const { latencyMs } = world.account
  world.clock.after(latencyMs.sent, () => {
    if (failure) return announceFailure(world, message, failure)
    mediaFault(world, message).then((details) => {
      if (details !== undefined) return announceFailure(world, message, 131053, details)
      announceStatus(world, message, 'sent')
      const { customer } = message
      if (customer && !customer.isBlocking) {
        world.clock.after(latencyMs.delivered, () => arrive(world, message, customer))
      }
    }, world.report)
  })
}

function arrive(world: World, message: SentMessage, customer: Customer): void {
  const receivedAtMs = world.clock.nowMs()
  const { wamid, numberId, type, body } = message
  const arrived = { wamid, numberId, type, body, status: 'delivered', receivedAtMs }
  customer.arrived.push(arrived)
  customer.typingUntilMs.delete(numberId)
  if (type === 'reaction') return // a reaction is only ever sent
  countDelivered(world, message)
  if (customer.isChatOpen) {
    arrived.status = 'read'
    announceStatus(world, message, 'read')
    return answerFrom(world, customer, message)
  }
  announceStatus(world, message, 'delivered')
  if (customer.reads) {
    world.clock.after(lookingMs(world, customer), () => {
      arrived.status = 'read'
      announceStatus(world, message, 'read')
      if (objectAt(body, 'audio').voice === true) announceStatus(world, message, 'played')
    })
  }
  answerFrom(world, customer, message)
}

function reasonToFail(world: World, message: SentMessage): FailureCode | undefined {
  const { customer, template } = message
  if (!customer) return 131026
  const hash = textAt(message.body, 'recipient_identity_key_hash')
  if (hash !== undefined && hash !== customer.identityKeyHash) return 137000
  if (!template && !isWindowOpen(customer, message.numberId, world.clock.nowMs())) return 131047
  if (template?.category === 'MARKETING' && customer.isOptedOut) return 131050
  if (template && isBeyondTier(world, customer, message.numberId))
    return world.settings.beyondTierCode
  if (message.type === 'reaction') {
    return isReactionPossible(world, message, customer) ? undefined : 131009
  }
  return world.account.hasPaymentMethod ? undefined : 131042
}

/** The target must be a message of this chat, of either side, that is not itself a reaction. */
function isReactionPossible(world: World, message: SentMessage, customer: Customer): boolean {
  const targetId = must(textAt(objectAt(message.body, 'reaction'), 'message_id'), 'reaction target')
  const theirs = customer.wrote.get(targetId)
  const ours = world.sent.get(targetId)
  const target = theirs ?? (ours?.customer === customer ? ours : undefined)
  return target !== undefined && target.numberId === message.numberId && target.type !== 'reaction'
}

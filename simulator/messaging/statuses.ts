import { present } from '../json.ts'
import { aboutNumber, announce, stampOf } from '../webhooks/announce.ts'
import { conversationOf } from './conversation.ts'
import { errorDocs, failures, type FailureCode } from './failures.ts'
import { contactOf, shownPhone } from './identity.ts'
import { pricingOf } from './pricing.ts'
import type { HistoryEvent } from '../world/history.ts'
import type { SentMessage } from '../world/message.ts'
import type { World } from '../world/world.ts'
import { must } from '../../core/lib/must.ts'

type Status = 'sent' | 'delivered' | 'read' | 'played'

/** Tells how far a message has come. */
export function announceStatus(world: World, message: SentMessage, status: Status): void {
  const { customer } = message
  message.status = status
  const isPriced = status === 'sent' || status === (customer?.isChatOpen ? 'read' : 'delivered')
  const pricing = isPriced ? pricingOf(world, message) : undefined
  const event = {
    status,
    atMs: world.clock.nowMs(),
    ...(pricing ? { pricing } : {}),
  }
  announceOne(world, message, event, {
    ...(customer ? { contacts: [contactOf(world, customer, status !== 'sent')] } : {}),
    statuses: [
      present({
        ...headOf(world, message, status),
        recipient_user_id: customer?.userId,
        recipient_parent_user_id: world.account.hasParentUserIds
          ? customer?.parentUserId
          : undefined,
        biz_opaque_callback_data: message.callbackData,
        conversation: isPriced ? conversationOf(world, message, status) : undefined,
        pricing,
      }),
    ],
  })
}

/** Tells that a message will never arrive. Names no contact, and no user id when it was sent to a phone. */
export function announceFailure(
  world: World,
  message: SentMessage,
  code: FailureCode,
  details?: string,
): void {
  message.status = 'failed'
  const failure = failures[code]
  const error = details ?? failure.details
  const event = { status: 'failed' as const, atMs: world.clock.nowMs(), error }
  announceOne(world, message, event, {
    statuses: [
      present({
        ...headOf(world, message, 'failed'),
        recipient_user_id: message.to.by === 'user' ? message.to.userId : undefined,
        biz_opaque_callback_data: message.callbackData,
        errors: [
          {
            code,
            title: failure.title,
            message: failure.title,
            error_data: { details: error },
            href: errorDocs,
          },
        ],
      }),
    ],
  })
}

function headOf(world: World, message: SentMessage, status: string) {
  return {
    id: message.wamid,
    status,
    timestamp: stampOf(world.clock.nowMs()),
    recipient_id:
      message.to.by === 'phone'
        ? message.to.phone
        : message.customer && shownPhone(message.customer),
  }
}

function announceOne(
  world: World,
  message: SentMessage,
  event: Omit<HistoryEvent, 'id'>,
  part: { statuses: { status?: string }[] },
) {
  const number = must(world.numbers.get(message.numberId), 'number of a sent message')
  const noted = world.histories.note(message.wamid, event)
  announce(
    world,
    'messages',
    { ...aboutNumber(number), ...part },
    {
      lane: message.customer?.id ?? message.to.input,
      part: `statuses/${must(part.statuses[0]?.status, 'status')}`,
      number,
      onTry(isTaken) {
        if (noted) noted.isHeard = isTaken || noted.isHeard === true
      },
    },
  )
}

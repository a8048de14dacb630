import type { Conversation } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { NumberId } from '../../core/domain/ids.ts'
import type { Outcome, ParkedKind } from './tables.ts'

/** What a part waits for: a message of this number with this wamid. */
export type Waiting = { numberId: NumberId; wamid: string; kind: ParkedKind }

/** What became of a part, for the ledger. */
export type Result = {
  outcome: Outcome
  reason?: string
  messageId?: string
  conversationId?: string
  waiting?: Waiting
}

/** Two rows that a body names together belong to different people. Nothing is merged; a person has to look. */
export const identityConflict = 'identity-conflict'

/** Nothing came to be waited for. */
export const waitedInVain = 'waited seven days for its message in vain'

export function stored(message: Message, reason?: string): Result {
  return { outcome: 'stored', ...about(message), ...(reason === undefined ? {} : { reason }) }
}

export function storedIn(conversation: Conversation | undefined): Result {
  return {
    outcome: 'stored',
    ...(conversation === undefined ? {} : { conversationId: conversation.id }),
  }
}

export function duplicate(message?: Message): Result {
  return { outcome: 'duplicate', ...(message === undefined ? {} : about(message)) }
}

export function ignored(reason: string): Result {
  return { outcome: 'ignored', reason }
}

export function parked(waiting: Waiting, message?: Message): Result {
  return {
    outcome: 'parked',
    reason: 'the message it speaks of is not known yet',
    ...(message === undefined ? {} : about(message)),
    waiting,
  }
}

function about(message: Message) {
  return { messageId: message.id, conversationId: message.conversationId }
}

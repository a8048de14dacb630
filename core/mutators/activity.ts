import { withMessage, type Conversation } from '../domain/conversation.ts'
import type { MessageId } from '../domain/ids.ts'
import type { Activity, Message } from '../domain/message.ts'
import { entryOf, isTaken } from './message.ts'
import { done, refuse, type Context, type Outcome, type Reads } from './mutator.ts'

/** Ends a change of a conversation with the line in its thread that tells of it. */
export function withActivity(
  reads: Reads,
  conversation: Conversation,
  id: MessageId,
  context: Context,
  activity: Activity,
): Outcome {
  if (isTaken(reads, id)) return refuse('already-exists')
  const line: Message = {
    ...entryOf(conversation, id, context),
    direction: 'system',
    type: 'activity',
    activity,
  }
  return done(
    { entity: 'message', row: line },
    { entity: 'conversation', row: withMessage(conversation, line) },
  )
}

/** Whether the contact wrote after the newest message that a screen had shown. */
export function hasNewInbound(
  reads: Reads,
  { lastInbound }: Conversation,
  basedOn: MessageId | null,
): boolean {
  const seen = basedOn === null ? 0 : (reads.get('message', basedOn)?.ord ?? 0)
  return (lastInbound?.ord ?? 0) > seen
}

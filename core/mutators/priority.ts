import Type from 'typebox'
import { Priority, type Conversation } from '../domain/conversation.ts'
import { ConversationId, MessageId } from '../domain/ids.ts'
import { present } from '../lib/present.ts'
import { withActivity } from './activity.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/**
 * Says how urgent the conversation is; the last word stands. Where a colleague had changed what the person's screen
 * showed, the thread tells of both values.
 */
export const setPriority = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    priority: Priority,
    /** What the person's screen had shown. */
    baseValue: Priority,
    activityId: MessageId,
  }),
  needs: ({ conversationId, activityId }) => [
    ['message', activityId],
    ['conversation', conversationId],
  ],
  alsoNeeds(reads, { conversationId }) {
    const by = reads.get('conversation', conversationId)?.prioritizedBy
    return by === undefined ? [] : [['user', by]]
  },
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    const { priority: from, prioritizedBy: by, updatedAtMs } = conversation
    if (from === args.priority) return done()
    const next: Conversation = {
      ...conversation,
      priority: args.priority,
      prioritizedBy: context.user.id,
      updatedAtMs: Math.max(updatedAtMs, context.nowMs),
    }
    const isClash = from !== args.baseValue && by !== undefined && by !== context.user.id
    if (!isClash) return done({ entity: 'conversation', row: next })
    return withActivity(reads, next, args.activityId, context, {
      kind: 'priority-changed',
      from,
      to: args.priority,
      ...present({ by: reads.get('user', by)?.name }),
    })
  },
})

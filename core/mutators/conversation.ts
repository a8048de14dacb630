import Type from 'typebox'
import { opened, type Conversation } from '../domain/conversation.ts'
import { ConversationId, MessageId, TeamId, UserId } from '../domain/ids.ts'
import { hasNewInbound, withActivity } from './activity.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/** Hands the conversation to a person, or to nobody. Of two at once the first wins, the second is told who. */
export const assignConversation = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    toUserId: Type.Union([UserId, Type.Null()]),
    /** `assignVersion` the screen showed. */
    baseVersion: Type.Integer(),
    /** The thread line about it. */
    activityId: MessageId,
  }),
  needs: ({ conversationId, toUserId, activityId }) => [
    ['message', activityId],
    ['conversation', conversationId],
    ...(toUserId === null ? [] : [['user', toUserId] as const]),
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (conversation.assignVersion !== args.baseVersion) {
      return refuse('conflict', { assigneeId: conversation.assigneeId })
    }
    const assignee = args.toUserId === null ? undefined : reads.get('user', args.toUserId)
    if (args.toUserId !== null && assignee?.isActive !== true) return refuse('not-found')
    if (conversation.assigneeId === args.toUserId) return done()
    const next: Conversation = {
      ...conversation,
      assigneeId: args.toUserId,
      assignVersion: conversation.assignVersion + 1,
    }
    return withActivity(reads, next, args.activityId, context, {
      kind: 'conversation-assigned',
      ...(assignee === undefined ? {} : { to: assignee.name, toUserId: assignee.id }),
    })
  },
})

/** Moves the conversation to a team's queue, or out of any. */
export const moveConversation = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    teamId: Type.Union([TeamId, Type.Null()]),
    activityId: MessageId,
  }),
  needs: ({ conversationId, teamId, activityId }) => [
    ['message', activityId],
    ['conversation', conversationId],
    ...(teamId === null ? [] : [['team', teamId] as const]),
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    const team = args.teamId === null ? undefined : reads.get('team', args.teamId)
    if (args.teamId !== null && team === undefined) return refuse('not-found')
    if (conversation.teamId === args.teamId) return done()
    return withActivity(reads, { ...conversation, teamId: args.teamId }, args.activityId, context, {
      kind: 'conversation-assigned',
      ...(team === undefined ? {} : { to: team.name }),
    })
  },
})

/** Marks the conversation as dealt with, unless the contact wrote after what the screen showed (`new-activity`). */
export const resolveConversation = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    basedOn: Type.Union([MessageId, Type.Null()]),
    activityId: MessageId,
  }),
  needs: ({ conversationId, basedOn, activityId }) => [
    ['message', activityId],
    ['conversation', conversationId],
    ...(basedOn === null ? [] : [['message', basedOn] as const]),
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (hasNewInbound(reads, conversation, args.basedOn)) return refuse('new-activity')
    if (conversation.status === 'resolved') return done()
    const next: Conversation = {
      ...conversation,
      status: 'resolved',
      snoozedUntilMs: null,
      waitingSinceMs: null,
      resolvedAtMs: context.nowMs,
    }
    return withActivity(reads, next, args.activityId, context, { kind: 'conversation-resolved' })
  },
})

/** Takes a resolve or snooze back. */
export const reopenConversation = defineMutator({
  args: Type.Object({ conversationId: ConversationId, activityId: MessageId }),
  needs: ({ conversationId, activityId }) => [
    ['message', activityId],
    ['conversation', conversationId],
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (conversation.status === 'open') return done()
    const next = opened(conversation, context.nowMs)
    return withActivity(reads, next, args.activityId, context, { kind: 'conversation-reopened' })
  },
})

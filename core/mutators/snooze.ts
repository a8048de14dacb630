import Type from 'typebox'
import type { Conversation } from '../domain/conversation.ts'
import { ConversationId, MessageId } from '../domain/ids.ts'
import { mostSnoozedMs, returnsAtMs, SnoozeUntil } from '../domain/snooze.ts'
import { hasNewInbound, withActivity } from './activity.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/**
 * Puts the conversation aside for a while; a later snooze stands. Refused over a message nobody had seen
 * (`new-activity`), when it is resolved (`conflict`) and when the time is over by now (`time-passed`): it stays as it is.
 */
export const snoozeConversation = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    until: SnoozeUntil,
    /** Newest message the person's screen had shown; null when it showed none. */
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
    if (conversation.status === 'resolved') return refuse('conflict', { status: 'resolved' })
    const untilMs = returnsAtMs(args.until, conversation)
    if (untilMs === undefined) {
      return refuse('bad-request', { at: '/until', reason: 'there is no reply window' })
    }
    if (untilMs !== null && untilMs <= context.nowMs) return refuse('time-passed', { untilMs })
    if (untilMs !== null && untilMs - context.nowMs > mostSnoozedMs) {
      return refuse('bad-request', { at: '/until', reason: 'at most a year ahead' })
    }
    const isSame = conversation.status === 'snoozed' && conversation.snoozedUntilMs === untilMs
    if (isSame) return done()
    const next: Conversation = { ...conversation, status: 'snoozed', snoozedUntilMs: untilMs }
    return withActivity(reads, next, args.activityId, context, {
      kind: 'conversation-snoozed',
      ...(untilMs === null ? {} : { untilMs }),
    })
  },
})

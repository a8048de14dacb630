import Type from 'typebox'
import type { Conversation } from '../domain/conversation.ts'
import { ConversationId, LabelId } from '../domain/ids.ts'
import { isInUse } from '../domain/label.ts'
import { defineMutator, done, refuse, type Context, type Outcome } from './mutator.ts'

const args = Type.Object({ conversationId: ConversationId, labelId: LabelId })

/**
 * Puts a label on a conversation; one that has it keeps it. Labels are never replaced as a whole, so of deeds about
 * one label the last in the server's order counts, and deeds about others are not touched by it.
 */
export const addLabel = defineMutator({
  args,
  needs: ({ conversationId, labelId }) => [
    ['conversation', conversationId],
    ['label', labelId],
  ],
  run(reads, { conversationId, labelId }, context) {
    const conversation = reads.get('conversation', conversationId)
    if (conversation === undefined) return refuse('not-found')
    const label = reads.get('label', labelId)
    if (label === undefined || !isInUse(label)) return refuse('label-gone')
    if (conversation.labels.includes(labelId)) return done()
    return withLabels(conversation, [...conversation.labels, labelId], context)
  },
})

/** Takes a label off a conversation. What is not there is off already, even where the label itself is gone. */
export const removeLabel = defineMutator({
  args,
  needs: ({ conversationId }) => [['conversation', conversationId]],
  run(reads, { conversationId, labelId }, context) {
    const conversation = reads.get('conversation', conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (!conversation.labels.includes(labelId)) return done()
    const others = conversation.labels.filter((id) => id !== labelId)
    return withLabels(conversation, others, context)
  },
})

function withLabels(
  conversation: Conversation,
  labels: Conversation['labels'],
  { nowMs }: Context,
): Outcome {
  const updatedAtMs = Math.max(conversation.updatedAtMs, nowMs)
  return done({ entity: 'conversation', row: { ...conversation, labels, updatedAtMs } })
}

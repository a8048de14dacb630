import Type from 'typebox'
import { withMessage } from '../domain/conversation.ts'
import { ConversationId, MessageId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import { maxTextLength } from './body.ts'
import { entryOf, isTaken } from './message.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/** Writes to colleagues. Never leaves the firm, needs no reply window. */
export const addNote = defineMutator({
  args: Type.Object({
    id: MessageId,
    conversationId: ConversationId,
    text: Type.String({ minLength: 1, maxLength: maxTextLength, pattern: '\\S' }),
  }),
  needs: ({ id, conversationId }) => [
    ['message', id],
    ['conversation', conversationId],
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (isTaken(reads, args.id)) return refuse('already-exists')
    const note: Message = {
      ...entryOf(conversation, args.id, context),
      direction: 'note',
      type: 'note',
      text: args.text,
    }
    return done(
      { entity: 'message', row: note },
      { entity: 'conversation', row: withMessage(conversation, note) },
    )
  },
})

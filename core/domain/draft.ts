import Type, { type Static } from 'typebox'
import { ConversationId, MessageId } from './ids.ts'
import { AtMs } from './time.ts'

/** What a person has begun to write in a conversation. Kept on their machine, survives a restart. */
export const Draft = Type.Object({
  conversationId: ConversationId,
  text: Type.String({ maxLength: 20_000 }),
  mode: Type.Enum(['reply', 'note']),
  replyTo: Type.Optional(MessageId),
  updatedAtMs: AtMs,
})
export type Draft = Static<typeof Draft>

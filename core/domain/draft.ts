import Type, { type Static } from 'typebox'
import { ConversationId, DraftVersionId, MessageId } from './ids.ts'
import { AtMs } from './time.ts'

export const mostDraftText = 20_000

/** What is written, and as what. */
export const writing = {
  text: Type.String({ maxLength: mostDraftText }),
  mode: Type.Enum(['reply', 'note']),
  replyTo: Type.Optional(MessageId),
}

/** What a person has begun to write in a conversation. Kept on their machine, survives a restart. */
export const Draft = Type.Object({
  conversationId: ConversationId,
  ...writing,
  updatedAtMs: AtMs,
  /** What all their machines have (shared-draft.ts), as it was when this text was begun. */
  base: Type.Optional(DraftVersionId),
})
export type Draft = Static<typeof Draft>

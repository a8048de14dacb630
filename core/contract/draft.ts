import Type from 'typebox'
import { Draft } from '../domain/draft.ts'
import { ConversationId, DraftVersionId } from '../domain/ids.ts'
import { method } from './method.ts'
import type { DraftView } from './views.ts'

const Where = Type.Object({ conversationId: ConversationId })

/** What a person has begun to write. It is kept here at once, and follows them to their other machines. */
export const draftMethods = {
  'draft.get': method(Where).answers<DraftView | null>(),
  /** `base` is that of the view the text was begun on. Empty text removes it. */
  'draft.put': method(Draft).answers<DraftView | null>(),
  /** They turn away from it: their other machines get it. */
  'draft.share': method(Where).answers<null>(),
  /** Shows the other text, and puts the shown one in its place. */
  'draft.choose': method(Where).answers<DraftView | null>(),
  /** Takes the other text away. */
  'draft.discard': method(
    Type.Object({ ...Where.properties, version: DraftVersionId }),
  ).answers<DraftView | null>(),
} as const

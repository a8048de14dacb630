import Type from 'typebox'
import { ConversationId, LabelId } from '../domain/ids.ts'
import { LabelName, LabelTone, type Label, type LabelUse } from '../domain/label.ts'
import { method } from './method.ts'

const OnConversation = Type.Object({ conversationId: ConversationId, labelId: LabelId })

/** What conversations are about. To put a label on one or take it off needs no server; all else here asks it. */
export const labelMethods = {
  'label.add': method(OnConversation).answers<null>(),
  'label.remove': method(OnConversation).answers<null>(),
  /** Those in use by name, each with how many conversations have it. */
  'label.list': method(Type.Object({})).answers<LabelUse[]>(),
  /** Answers once the label is here and can be used. */
  'label.create': method(Type.Object({ name: LabelName, tone: LabelTone })).answers<Label>(),
  'label.change': method(
    Type.Object({
      labelId: LabelId,
      name: Type.Optional(LabelName),
      tone: Type.Optional(LabelTone),
    }),
  ).answers<Label>(),
  /** Takes it off every conversation, and out of use. */
  'label.delete': method(Type.Object({ labelId: LabelId })).answers<null>(),
}

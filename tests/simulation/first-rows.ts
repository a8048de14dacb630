import { newConversation, withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { Change } from '../../core/domain/entities.ts'
import type { ContactId, MessageId } from '../../core/domain/ids.ts'
import { aMessage, exampleNowMs } from '../../core/testing/examples.ts'

type Begun = Pick<Conversation, 'id' | 'numberId' | 'teamId'> & { index: number }

/** A conversation as a schedule finds it: a contact has written once. */
export function firstRowsOf({ id, numberId, teamId, index }: Begun, newId: () => string): Change[] {
  const contactId = newId() as ContactId // fresh ids become what they are for
  const fresh: Conversation = { ...newConversation(id, numberId, contactId, exampleNowMs), teamId }
  const message = aMessage({
    id: newId() as MessageId,
    wamid: `wamid.FIRST${index}`,
    conversationId: id,
    numberId,
    ord: 1,
  })
  return [
    { entity: 'message', row: message },
    { entity: 'conversation', row: withMessage(fresh, message) },
  ]
}

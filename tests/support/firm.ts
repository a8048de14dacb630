import { withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type {
  ContactId,
  ConversationId,
  LabelId,
  MessageId,
  NumberId,
  UserId,
} from '../../core/domain/ids.ts'
import type { Label } from '../../core/domain/label.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import {
  aContact,
  aConversation,
  aLabel,
  aMessage,
  aNumber,
  aUser,
} from '../../core/testing/examples.ts'
import type { Log } from '../../server/log/log.ts'
import { newId } from './desks.ts'

/** People, conversations and customers of a firm, by way of its log alone. */
export function firmOn(log: Log) {
  return {
    async employs(given: Partial<User>): Promise<User> {
      const user = aUser({ id: newId() as UserId, email: `${newId()}@nordwerk.example`, ...given })
      await log.write(async (tx) => tx.put({ entity: 'user', row: user }))
      return user
    },

    async changes(user: User, given: Partial<User>): Promise<void> {
      await log.write(async (tx) => {
        const row = must(await tx.get('user', user.id), 'user')
        tx.put({ entity: 'user', row: { ...row, ...given } })
      })
    },

    async begins(given: Partial<Conversation> = {}): Promise<ConversationId> {
      const number = aNumber({ id: newId() as NumberId, phoneNumberId: newId() })
      const contact = aContact({ id: newId() as ContactId })
      const pair = { numberId: number.id, contactId: contact.id }
      const row = aConversation({ id: newId() as ConversationId, ...pair, ...given })
      await log.write(async (tx) => {
        tx.put({ entity: 'number', row: number })
        tx.put({ entity: 'contact', row: contact })
        tx.put({ entity: 'conversation', row })
      })
      return row.id
    },

    async places(id: ConversationId, given: Partial<Conversation>): Promise<void> {
      await log.write(async (tx) => {
        const row = must(await tx.get('conversation', id), 'conversation')
        tx.put({ entity: 'conversation', row: { ...row, ...given } })
      })
    },

    async labels(given: Partial<Label>): Promise<Label> {
      const label = aLabel({ id: newId() as LabelId, ...given })
      await log.write(async (tx) => tx.put({ entity: 'label', row: label }))
      return label
    },

    async hears(id: ConversationId, text: string): Promise<MessageId> {
      const [messageId] = await hear(id, [text])
      return must(messageId, 'message')
    },

    async hearsMuch(id: ConversationId, count: number, text = 'Zeile'): Promise<void> {
      await hear(
        id,
        Array.from({ length: count }, (_, index) => `${text} ${index}`),
      )
    },
  }

  async function hear(id: ConversationId, texts: readonly string[]): Promise<MessageId[]> {
    return log.write(async (tx) => {
      let conversation = must(await tx.get('conversation', id), 'conversation')
      const { numberId } = conversation
      return texts.map((text) => {
        const messageId = newId() as MessageId
        const wamid = `wamid.${messageId}`
        const ord = conversation.lastOrd + 1
        const row = aMessage({ id: messageId, wamid, text, conversationId: id, numberId, ord })
        conversation = withMessage(conversation, row)
        tx.put({ entity: 'message', row })
        tx.put({ entity: 'conversation', row: conversation })
        return messageId
      })
    })
  }
}

import { newConversation, withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { ContactId, ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Contact, OwnNumber, User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { clock } from '../../server/clock.ts'
import type { Log } from '../../server/log/log.ts'
import { mutate } from '../../server/log/mutate.ts'

/** Rows of one transaction. */
const perCommit = 250

/** People who have just written to the number, one conversation each. */
export async function addContacts(
  log: Log,
  number: OwnNumber,
  count: number,
  firstPhone: number,
): Promise<ConversationId[]> {
  const ids: ConversationId[] = []
  for (const numbers of chunks(count)) {
    await log.write(async (tx) => {
      for (const index of numbers) {
        const contact: Contact = {
          id: clock.newId() as ContactId, // made here
          name: `Kontakt ${index}`,
          phone: `+49${firstPhone + index}`,
          createdAtMs: tx.nowMs,
        }
        const id = clock.newId() as ConversationId // made here
        const fresh = newConversation(id, number.id, contact.id, tx.nowMs)
        const windowExpiresAtMs = tx.nowMs + 23 * 3_600_000
        tx.put({ entity: 'contact', row: contact })
        tx.put({ entity: 'conversation', row: { ...fresh, windowExpiresAtMs } })
        ids.push(id)
      }
    })
  }
  return ids
}

/** Replies of one person, the conversations in turn, as their console would push them. */
export async function writeReplies(
  log: Log,
  user: User,
  conversations: readonly ConversationId[],
  count: number,
): Promise<string[]> {
  const ids: string[] = []
  for (const numbers of chunks(count)) {
    await log.write(async (tx) => {
      for (const index of numbers) {
        const id = clock.newId()
        const conversationId = conversations[index % conversations.length]
        const body = { type: 'text', text: `Ihre Bestellung 4711-${index} ist unterwegs.` }
        const args = { id, conversationId, body, basedOn: null }
        const outcome = await mutate(tx, user, 'message.send', args)
        if (!outcome.ok) throw new Error(`a reply was refused: ${outcome.code}`)
        ids.push(id)
      }
    })
  }
  return ids
}

/** The same text to many at once, behind everything people write. */
export async function queueBulk(log: Log, conversations: readonly ConversationId[]): Promise<void> {
  for (const numbers of chunks(conversations.length)) {
    await log.write(async (tx) => {
      const ids = numbers.map((index) => must(conversations[index], 'conversation'))
      await tx.load('conversation', ids)
      for (const id of ids) {
        const conversation = must(tx.peek('conversation', id), 'conversation')
        const message = bulkMessage(conversation, tx.nowMs)
        tx.put({ entity: 'message', row: message })
        tx.put({ entity: 'conversation', row: withMessage(conversation, message) })
      }
    })
  }
}

function bulkMessage(conversation: Conversation, nowMs: number): Message {
  return {
    id: clock.newId() as MessageId, // made here
    conversationId: conversation.id,
    numberId: conversation.numberId,
    contactId: conversation.contactId,
    ord: conversation.lastOrd + 1,
    direction: 'out',
    type: 'text',
    text: 'Unser Lager zieht um: Am Samstag wird nicht ausgeliefert.',
    status: 'queued',
    statusAt: { queued: nowMs },
    author: { kind: 'automation', name: 'Rundschreiben' },
    lane: 'bulk',
    reactions: [],
    sentAtMs: nowMs,
    receivedAtMs: nowMs,
  }
}

function chunks(count: number): number[][] {
  const all = Array.from({ length: count }, (_, index) => index)
  return Array.from({ length: Math.ceil(count / perCommit) }, (_, index) =>
    all.slice(index * perCommit, (index + 1) * perCommit),
  )
}

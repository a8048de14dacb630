import { newConversation, withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { ContactId, ConversationId, MessageId, NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { must } from '../../core/lib/must.ts'
import { clock } from '../../server/clock.ts'
import type { Log } from '../../server/log/log.ts'

/** Conversations and messages of one transaction. */
const perCommit = 100
const dayMs = 86_400_000
const words =
  'Guten Tag, die Bestellung 4711 ist gestern angekommen, aber eines der Teile fehlt im Paket. Können Sie bitte nachsehen und mir sagen, wann es nachgeliefert wird? Vielen Dank und freundliche Grüße'.split(
    ' ',
  )

export type FilledDesk = { conversationIds: ConversationId[] }

/** A firm in the middle of its work: so many open conversations, the messages spread over them and over a month. */
export async function fillDesk(
  log: Log,
  conversations: number,
  messages: number,
): Promise<FilledDesk> {
  const numberId = clock.newId() as NumberId // fresh ids become what they are for
  await log.write(async (tx) =>
    tx.put({
      entity: 'number',
      row: { id: numberId, phoneNumberId: '106000000000001', name: 'Kundenservice', health: 'ok' },
    }),
  )
  const conversationIds: ConversationId[] = []
  const each = messages / conversations
  for (let from = 0; from < conversations; from += perCommit) {
    await log.write(async (tx) => {
      for (let index = from; index < Math.min(conversations, from + perCommit); index += 1) {
        const contactId = clock.newId() as ContactId
        const id = clock.newId() as ConversationId
        const openedAtMs = tx.nowMs - (1 + (index % 30)) * dayMs
        const phone = `+49151${10_000_000 + index}`
        const name = `Kontakt Nummer ${index}`
        tx.put({ entity: 'contact', row: { id: contactId, name, phone, createdAtMs: openedAtMs } })
        let conversation = newConversation(id, numberId, contactId, openedAtMs)
        for (let ord = 1; ord <= each; ord += 1) {
          const message = aMessage(conversation, openedAtMs + ord * 600_000)
          tx.put({ entity: 'message', row: message })
          conversation = withMessage(conversation, message)
        }
        tx.put({ entity: 'conversation', row: conversation })
        conversationIds.push(id)
      }
    })
  }
  return { conversationIds }
}

/** What a night brings: messages, each with the change of its conversation. */
export async function changeMuch(
  log: Log,
  { conversationIds }: FilledDesk,
  changes: number,
): Promise<void> {
  for (let done = 0; done < changes; done += 2 * perCommit) {
    await log.write(async (tx) => {
      const some = conversationIds.slice(done % conversationIds.length).slice(0, perCommit)
      await tx.load('conversation', some)
      for (const id of some) {
        const conversation = must(tx.peek('conversation', id), 'conversation')
        const message = aMessage(conversation, tx.nowMs)
        tx.put({ entity: 'message', row: message })
        tx.put({ entity: 'conversation', row: withMessage(conversation, message) })
      }
    })
  }
}

/** Every second one is the contact's; twenty words, give or take. */
function aMessage(conversation: Conversation, sentAtMs: number): Message {
  const ord = conversation.lastOrd + 1
  const isInbound = ord % 2 === 1
  const id = clock.newId() as MessageId // made here
  return {
    id,
    conversationId: conversation.id,
    numberId: conversation.numberId,
    contactId: conversation.contactId,
    ord,
    wamid: `wamid.${id}`,
    direction: isInbound ? 'in' : 'out',
    type: 'text',
    text: words.slice(ord % 11).join(' '),
    status: isInbound ? 'received' : 'delivered',
    statusAt: isInbound
      ? {}
      : { queued: sentAtMs, accepted: sentAtMs, sent: sentAtMs, delivered: sentAtMs },
    author: isInbound
      ? { kind: 'contact', name: 'Kontakt' }
      : { kind: 'agent', name: 'Anna Krüger' },
    reactions: [],
    sentAtMs,
    receivedAtMs: sentAtMs,
  }
}

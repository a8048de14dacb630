import { withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { UserId } from '../../core/domain/ids.ts'
import { readMarkId, type Contact, type ReadMark } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { aContact, aConversation, aMessage } from '../../core/testing/examples.ts'

export const conversationCount = 5_000
export const messageCount = 100_000
const startMs = Date.UTC(2026, 0, 1)
const words =
  'Guten Tag leider ist die Lieferung mit der Bohrmaschine noch nicht angekommen und der Monteur war heute für den Termin gar nicht da können Sie bitte nachsehen vielen Dank'.split(
    ' ',
  )

/** Whose desk it is. */
export const me = idOf('b', 0) as UserId // made here

/** What a console holds: contacts, conversations as they stand, how far they are read, and their messages, oldest first. */
export type Held = {
  contacts: Contact[]
  conversations: Conversation[]
  reads: ReadMark[]
  messages: Message[]
}

/** The same rows at every call: 5,000 conversations with twenty messages each, all mixed, every fifth not read to the end. */
export function held(): Held {
  const contacts: Contact[] = []
  const conversations: Conversation[] = []
  for (let at = 0; at < conversationCount; at += 1) {
    const id = idOf('c', at) as Contact['id'] // made here, and so below
    contacts.push(aContact({ id, name: `${sentence(at).slice(0, 12)} ${at}` }))
    const numberId = idOf('d', 0) as Conversation['numberId']
    conversations.push(
      aConversation({ id: idOf('a', at) as Conversation['id'], numberId, contactId: id }),
    )
  }
  const messages = Array.from({ length: messageCount }, (_, at) => {
    const index = (at * 7919) % conversationCount
    const { message, conversation } = arriving(must(conversations[index], 'conversation'), at)
    conversations[index] = conversation
    return message
  })
  const reads = conversations.map(({ id, inboundCount }, at) => ({
    id: readMarkId(me, id),
    userId: me,
    conversationId: id,
    inbound: inboundCount - Number(at % 5 === 0),
  }))
  return { contacts, conversations, reads, messages }
}

/** The message with this number, and its conversation afterwards. */
export function arriving(before: Conversation, at: number) {
  const message = aMessage({
    id: idOf('e', at) as Message['id'],
    wamid: `wamid.${at}`,
    conversationId: before.id,
    numberId: before.numberId,
    ord: before.lastOrd + 1,
    text: sentence(at),
    sentAtMs: startMs + at * 60_000,
    receivedAtMs: startMs + at * 60_000,
  })
  return { message, conversation: withMessage(before, message) }
}

function sentence(at: number): string {
  const length = 5 + ((at * 31) % 20)
  return Array.from({ length }, (_, word) => words[(at * 17 + word * 5) % words.length]).join(' ')
}

function idOf(kind: string, at: number): string {
  return `019aae0${kind}-0000-7000-8000-${at.toString(16).padStart(12, '0')}`
}

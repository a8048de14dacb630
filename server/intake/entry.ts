/** What every new entry of a thread shares, whoever is behind it and wherever it goes. */
import { newConversation, type Conversation } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Author, Message } from '../../core/domain/message.ts'
import { contactName, type Contact, type OwnNumber } from '../../core/domain/people.ts'
import type { Fold } from './fold.ts'

/** The conversation, or a new one that nobody has to do anything about. */
export function pastConversation(
  fold: Fold,
  number: OwnNumber,
  contact: Contact,
  atMs: number,
): Conversation {
  const found = fold.conversationOf(number.id, contact.id)
  if (found !== undefined) {
    if (!fold.fromHistory.has(found.id) || found.status !== 'resolved') return found
    if (found.openedAtMs >= atMs) return found
    return { ...found, openedAtMs: atMs, resolvedAtMs: atMs }
  }
  const id = fold.newId() as ConversationId // a new id of the platform's becomes whatever noun it is for
  fold.fromHistory.add(id)
  const fresh = newConversation(id, number.id, contact.id, atMs)
  return { ...fresh, status: 'resolved', resolvedAtMs: atMs }
}

/** What every message shares, whoever is behind it; its place is after the newest. */
export function blank(fold: Fold, conversation: Conversation, atMs: number): Message {
  return {
    id: fold.newId() as MessageId, // a new id of the platform's becomes whatever noun it is for
    conversationId: conversation.id,
    numberId: conversation.numberId,
    contactId: conversation.contactId,
    ord: conversation.lastOrd + 1,
    direction: 'system',
    type: 'activity',
    status: 'saved',
    statusAt: {},
    reactions: [],
    sentAtMs: atMs,
    receivedAtMs: fold.receivedAtMs,
  }
}

export function contactAuthor(contact: Contact): Author {
  return { kind: 'contact', id: contact.id, name: contactName(contact) }
}

export function firmAuthor(number: OwnNumber): Author {
  return { kind: 'agent', name: number.name ?? number.displayPhone ?? 'WhatsApp' }
}

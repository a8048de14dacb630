import { newConversation, withMessage, type Conversation } from '../domain/conversation.ts'
import type {
  ContactId,
  ConversationId,
  DraftVersionId,
  LabelId,
  MessageId,
  NumberId,
  ReplicaId,
  TeamId,
  TemplateId,
  UserId,
} from '../domain/ids.ts'
import type { Label } from '../domain/label.ts'
import type { Message } from '../domain/message.ts'
import type { Contact, OwnNumber, Team, User } from '../domain/people.ts'
import { sharedDraftId, type DraftVersion, type SharedDraft } from '../domain/shared-draft.ts'
import type { Template } from '../domain/template.ts'

/** 2026-11-23 09:24:00 in Hamburg. */
export const exampleNowMs = Date.UTC(2026, 10, 23, 8, 24, 0)

let count = 0
/** A fresh, valid id that sorts after the ones before it. */
export function anId<Id extends string>(): Id {
  count += 1
  const tail = count.toString(16).padStart(12, '0')
  return `019aae00-0000-7000-8000-${tail}` as Id
}

export function aUser(given: Partial<User> = {}): User {
  const id = given.id ?? anId<UserId>()
  return {
    id,
    name: 'Anna Krüger',
    email: 'anna@nordwerk.example',
    role: 'agent',
    teamIds: [],
    isActive: true,
    ...given,
  }
}

export function aTeam(given: Partial<Team> = {}): Team {
  return { id: anId<TeamId>(), name: 'Lieferung', ...given }
}

export function aLabel(given: Partial<Label> = {}): Label {
  return { id: anId<LabelId>(), name: 'Technik', tone: 'petrol', ...given }
}

export function aNumber(given: Partial<OwnNumber> = {}): OwnNumber {
  return {
    id: anId<NumberId>(),
    phoneNumberId: '106000000000001',
    displayPhone: '+49 40 3006 8810',
    name: 'Nordwerk Kundenservice',
    health: 'ok',
    ...given,
  }
}

export function aContact(given: Partial<Contact> = {}): Contact {
  return {
    id: anId<ContactId>(),
    name: 'Dörte Müller-Lüdenscheidt',
    phone: '+494012340101',
    userId: 'DE.10293847561029384756',
    createdAtMs: exampleNowMs,
    ...given,
  }
}

export function aConversation(given: Partial<Conversation> = {}): Conversation {
  const base = newConversation(
    anId<ConversationId>(),
    anId<NumberId>(),
    anId<ContactId>(),
    exampleNowMs,
  )
  return { ...base, ...given }
}

/** A text from the contact, received a minute ago. */
export function aMessage(given: Partial<Message> = {}): Message {
  return {
    id: anId<MessageId>(),
    conversationId: anId<ConversationId>(),
    numberId: anId<NumberId>(),
    ord: 1,
    wamid: `wamid.${anId()}`,
    direction: 'in',
    type: 'text',
    text: 'Guten Tag, wo bleibt mein Paket?',
    status: 'received',
    statusAt: {},
    author: { kind: 'contact', name: 'Dörte Müller-Lüdenscheidt' },
    reactions: [],
    sentAtMs: exampleNowMs - 60_000,
    receivedAtMs: exampleNowMs - 59_000,
    ...given,
  }
}

/** A text one of us wrote. */
export function aReply(given: Partial<Message> = {}): Message {
  const { wamid: _none, ...rest } = aMessage()
  return {
    ...rest,
    direction: 'out',
    text: 'Guten Tag, ich sehe gerade nach.',
    status: 'queued',
    statusAt: { queued: exampleNowMs },
    author: { kind: 'agent', id: anId(), name: 'Anna Krüger' },
    sentAtMs: exampleNowMs,
    receivedAtMs: exampleNowMs,
    ...given,
  }
}

/** An approved template with two numbered placeholders. */
export function aTemplate(given: Partial<Template> = {}): Template {
  return {
    id: anId<TemplateId>(),
    accountId: '102000000000001',
    metaId: '1689000000000001',
    name: 'rueckfrage_offen',
    language: 'de',
    status: 'APPROVED',
    category: 'UTILITY',
    quality: 'GREEN',
    format: 'POSITIONAL',
    body: 'Guten Tag {{1}}, zu „{{2}}“ haben wir eine Antwort.',
    buttons: [],
    examples: { '1': 'Frau Nowak', '2': 'Beschädigtes Paket' },
    updatedAtMs: exampleNowMs,
    ...given,
  }
}

/** The conversation after these messages joined it, each given its place. */
export function after(conversation: Conversation, ...messages: Message[]): Conversation {
  return messages.reduce(
    (now, message) =>
      withMessage(now, {
        ...message,
        conversationId: now.id,
        numberId: now.numberId,
        ord: now.lastOrd + 1,
      }),
    conversation,
  )
}

/** What somebody has begun to write in a conversation, as their machines share it. */
export function aDraft(
  user: Pick<User, 'id'>,
  conversation: Pick<Conversation, 'id'>,
  given: Partial<DraftVersion> = {},
): SharedDraft {
  const shown: DraftVersion = {
    version: anId<DraftVersionId>(),
    text: 'Gern können wir',
    mode: 'reply',
    device: 'windows',
    replica: anId<ReplicaId>(),
    writtenAtMs: exampleNowMs,
    ...given,
  }
  const id = sharedDraftId(user.id, conversation.id)
  return { id, userId: user.id, conversationId: conversation.id, shown, other: null }
}

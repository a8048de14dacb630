/** A workspace as its webhooks told it, without the ids and places that each database gives anew. */
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Database } from '../../server/store/database.ts'

/** `own`: ids of what one of us wrote in Kontor. */
type Keys = {
  own: Set<string>
  numbers: Map<string, string>
  contacts: Map<string, string>
  wamids: Map<string, string>
}

/** What one of us wrote in Kontor: no webhook brings it, only its statuses and the reactions on it. */
export function isOurOwn({ direction, isHistory }: Message): boolean {
  return direction === 'note' || (direction === 'out' && isHistory !== true)
}

export async function readRows(db: Database) {
  const read = async <T>(table: 'message' | 'conversation' | 'contact' | 'number') => {
    const rows = await db.selectFrom(table).select('data').where('deleted_at', 'is', null).execute()
    return rows.map(({ data }) => data as T) // the caller names the table's row
  }
  const aliases = await db.selectFrom('contact_alias').selectAll().execute()
  const numbers = await read<{ id: string; phoneNumberId: string }>('number')
  const messages = await read<Message>('message')
  const conversations = await read<Conversation>('conversation')
  const contacts = await read<{ id: string; createdAtMs: number }>('contact')
  const namesOf = (id: string) =>
    aliases
      .filter(({ contact_id }) => contact_id === id)
      .map(({ kind, value, at_ms }) => `${kind} ${value} ${at_ms}`)
      .sort()
      .join(', ')
  const keys: Keys = {
    numbers: new Map(numbers.map(({ id, phoneNumberId }) => [id, phoneNumberId])),
    contacts: new Map(contacts.map(({ id }) => [id, namesOf(id)])),
    own: new Set(messages.filter(isOurOwn).map(({ id }) => id)),
    wamids: new Map(messages.map(({ id, wamid = '' }) => [id, wamid])),
  }
  return { messages, conversations, contacts, keys }
}

export type WorkspaceRows = Awaited<ReturnType<typeof readRows>>

export function conversationKey({ keys }: WorkspaceRows, conversation: Conversation): string {
  return `${keys.numbers.get(conversation.numberId)} | ${keys.contacts.get(conversation.contactId)}`
}

/** Everything the ledger has to reproduce, in an order of its own. */
export async function whatWasTold(db: Database) {
  const rows = await readRows(db)
  const { messages, conversations, contacts, keys } = rows
  const threads = new Map(conversations.map((one) => [one.id, conversationKey(rows, one)] as const))
  const answered = new Set(messages.filter(isOurOwn).map(({ conversationId }) => conversationId))
  return {
    contacts: contacts
      .map(({ id, createdAtMs: _created, ...rest }) => ({ names: keys.contacts.get(id), ...rest }))
      .map(sorted)
      .sort(),
    conversations: conversations
      .map((one) => ({
        key: threads.get(one.id),
        ...conversationTold(one, keys, answered.has(one.id)),
      }))
      .map(sorted)
      .sort(),
    messages: messages
      .filter((one) => !isOurOwn(one) && !isDeed(one))
      .map((one) => ({ in: threads.get(one.conversationId), ...messageTold(one, keys) }))
      .map(sorted)
      .sort(),
    ours: messages
      .filter((one) => isOurOwn(one) && one.wamid !== undefined)
      .map((one) => ({ in: threads.get(one.conversationId), ...statusTold(one, keys) }))
      .map(sorted)
      .sort(),
  }
}

/** A line that a colleague's deed left. */
function isDeed({ direction, author }: Message): boolean {
  return direction === 'system' && author?.kind === 'agent'
}

/** What our own replies change in a conversation, such as who waits, only where nobody replied. */
function conversationTold(one: Conversation, keys: Keys, isAnswered: boolean) {
  const { lastInbound, inboundCount, windowExpiresAtMs, openedAtMs } = one
  const { status, waitingSinceMs, lastMessage, lastReply, resolvedAtMs, updatedAtMs } = one
  const always = {
    inboundCount,
    windowExpiresAtMs,
    openedAtMs,
    lastInbound: lastInbound && { wamid: lastInbound.wamid, atMs: lastInbound.atMs },
  }
  if (isAnswered) return always
  return {
    ...always,
    status,
    waitingSinceMs,
    resolvedAtMs,
    updatedAtMs,
    lastReply: lastReply?.wamid,
    lastMessage: lastMessage && {
      wamid: keys.wamids.get(lastMessage.messageId),
      text: lastMessage.text,
      status: lastMessage.status,
    },
  }
}

/** Chips of contacts and of the firm's phone; ours come with the messages that gave them. */
function reactionsTold({ reactions }: Message, keys: Keys) {
  return reactions
    .filter(({ messageId }) => !keys.own.has(messageId))
    .map(
      ({ emoji, author, messageId }) =>
        `${emoji} ${author.kind} ${author.name} ${keys.wamids.get(messageId)}`,
    )
    .sort()
}

function statusTold(message: Message, keys: Keys) {
  const { id, wamid, status, statusAt, error, price } = message
  const { queued: _queued, accepted: _accepted, ...byWhatsApp } = statusAt
  return {
    id,
    wamid,
    status,
    statusAt: byWhatsApp,
    error,
    price,
    reactions: reactionsTold(message, keys),
  }
}

/** Without what is fetched afterwards, and without the firm's own name, which WhatsApp is asked for. */
function messageTold(message: Message, keys: Keys) {
  const {
    id: _id,
    ord: _ord,
    conversationId: _conversation,
    numberId,
    contactId,
    ...rest
  } = message
  const { media, replyTo, reaction, author, ...same } = rest
  return {
    ...same,
    number: keys.numbers.get(numberId),
    contact: contactId === undefined ? undefined : keys.contacts.get(contactId),
    author: author && { kind: author.kind, name: author.kind === 'agent' ? '' : author.name },
    media: media && { fileName: media.fileName, isVoice: media.isVoice },
    replyTo: replyTo?.wamid,
    reaction: reaction && { emoji: reaction.emoji, wamid: reaction.wamid },
    reactions: reactionsTold(message, keys),
  }
}

/** As text whose members are in order, so that lists of them can be sorted and shown. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Messages: what the contact wrote, what the firm wrote elsewhere, and what came from the past. */
import { newConversation, type Conversation } from '../../core/domain/conversation.ts'
import type { ConversationId, MediaId, MessageId } from '../../core/domain/ids.ts'
import type { Author, Message } from '../../core/domain/message.ts'
import { contactName, type Contact, type OwnNumber } from '../../core/domain/people.ts'
import type { Fold } from './fold.ts'
import type { Content, HappeningOf } from './happening.ts'
import { identifiersOf, meet, rename } from './identity.ts'
import { duplicate, identityConflict, stored, type Result } from './result.ts'

export function receiveMessage(fold: Fold, happening: HappeningOf<'message-received'>): Result {
  const number = fold.number(happening.on)
  const known = fold.messageByWamid(number.id, happening.wamid)
  if (known !== undefined) return duplicate(known)
  const atMs = happening.atMs ?? fold.receivedAtMs
  const { contact: met, isConflict } = meet(fold, happening.who, identifiersOf(happening.who, atMs))
  const contact = rename(fold, met, happening.who)
  const conversation =
    fold.conversationOf(number.id, contact.id) ??
    newConversation(fold.newId() as ConversationId, number.id, contact.id, fold.receivedAtMs)
  const message: Message = {
    ...blank(fold, conversation, atMs),
    ...written(fold, number, happening),
    direction: 'in',
    status: 'received',
    author: contactAuthor(contact),
  }
  fold.join(conversation, message)
  return stored(message, isConflict ? identityConflict : undefined)
}

/** What the firm wrote in the WhatsApp Business app, and the past: seen, but nothing to answer. */
export function importMessage(
  fold: Fold,
  happening: HappeningOf<'echo-sent' | 'history-message'>,
): Result {
  const number = fold.number(happening.on)
  const known = fold.messageByWamid(number.id, happening.wamid)
  if (known !== undefined) return completed(fold, number, known, happening)
  const atMs = happening.atMs ?? fold.receivedAtMs
  const { contact, isConflict } = meet(fold, happening.who, identifiersOf(happening.who, atMs))
  const conversation = pastConversation(fold, number, contact, atMs)
  const isOurs = happening.kind === 'echo-sent' || happening.isOurs
  const status = (happening.kind === 'history-message' ? happening.status : undefined) ?? 'sent'
  const message: Message = {
    ...blank(fold, conversation, atMs),
    ...written(fold, number, happening),
    isHistory: true,
    ...(isOurs
      ? { direction: 'out', status, statusAt: { sent: atMs }, author: firmAuthor(number) }
      : { direction: 'in', status: 'received', author: contactAuthor(contact) }),
  }
  fold.join(conversation, message)
  return stored(message, isConflict ? identityConflict : undefined)
}

/** Files from the past come twice: first as a placeholder, later as what they are. @see facts 5.11 */
function completed(
  fold: Fold,
  number: OwnNumber,
  known: Message,
  happening: HappeningOf<'echo-sent' | 'history-message'>,
): Result {
  const isPlaceholder =
    known.isHistory === true &&
    typeof known.raw === 'object' &&
    known.raw !== null &&
    Reflect.get(known.raw, 'type') === 'media_placeholder'
  if (!isPlaceholder || happening.content.type === 'unsupported') return duplicate(known)
  const { raw: _placeholder, ...rest } = known
  const message: Message = { ...rest, ...written(fold, number, happening) }
  fold.putMessage(message)
  return stored(message)
}

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

type Letter = HappeningOf<'message-received' | 'echo-sent' | 'history-message'>

function written(fold: Fold, number: OwnNumber, letter: Letter) {
  const { wamid, content, quote, isForwarded, referral } = letter
  const quoted = quote === undefined ? undefined : fold.messageByWamid(number.id, quote)
  return {
    wamid,
    ...contentOf(fold, number, content),
    ...(quote === undefined
      ? {}
      : { replyTo: { wamid: quote, ...(quoted === undefined ? {} : { messageId: quoted.id }) } }),
    ...(isForwarded === true ? { isForwarded } : {}),
    ...(referral === undefined ? {} : { referral }),
  }
}

/** The message's own members; its file, if any, is remembered to be fetched. */
function contentOf(fold: Fold, number: OwnNumber, { file, ...content }: Content) {
  if (file === undefined) return content
  const id = fold.newId() as MediaId // a new id of the platform's becomes whatever noun it is for
  const { metaMediaId, mime, url, sha256, fileName, isVoice } = file
  if (metaMediaId !== undefined) {
    fold.files.push({
      mediaId: id,
      numberId: number.id,
      metaMediaId,
      mime,
      ...(url === undefined ? {} : { url }),
      ...(sha256 === undefined ? {} : { sha256 }),
    })
  }
  const media = {
    id,
    mime,
    ...(fileName === undefined ? {} : { fileName }),
    ...(isVoice === true ? { isVoice } : {}),
    state: metaMediaId === undefined ? ('failed' as const) : ('pending' as const),
  }
  return { ...content, media }
}

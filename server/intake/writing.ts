/** Messages: what the contact wrote, what the firm wrote elsewhere, and what came from the past. */
import { newConversation, type Conversation } from '../../core/domain/conversation.ts'
import type { ConversationId, MediaId } from '../../core/domain/ids.ts'
import type { Author, Message } from '../../core/domain/message.ts'
import type { Contact, OwnNumber } from '../../core/domain/people.ts'
import { blank, contactAuthor, firmAuthor, pastConversation } from './entry.ts'
import type { Fold } from './fold.ts'
import type { Content, HappeningOf, Who } from './happening.ts'
import { backInControl, outOfControl } from './control.ts'
import { identifiersOf, meet, reachedAsWriting, rename, type Met } from './identity.ts'
import { duplicate, identityConflict, stored, type Result } from './result.ts'

export function receiveMessage(fold: Fold, happening: HappeningOf<'message-received'>): Result {
  const number = fold.number(happening.on)
  const known = fold.messageByWamid(number.id, happening.wamid)
  if (known !== undefined) return happening.isStandby ? duplicate(known) : given(fold, known)
  if (happening.isStandby) return importMessage(fold, happening)
  const atMs = happening.atMs ?? fold.receivedAtMs
  const met = meet(fold, happening.who, identifiersOf(happening.who, atMs))
  const found = fold.conversationOf(number.id, met.contact.id)
  const isNewest = atMs >= (found?.lastInbound?.atMs ?? 0)
  const contact = calledAsWriting(fold, met, happening.who, isNewest)
  const conversation = backInControl(
    fold,
    found ??
      newConversation(fold.newId() as ConversationId, number.id, contact.id, fold.receivedAtMs),
    atMs,
  )
  const message: Message = {
    ...blank(fold, conversation, atMs),
    ...written(fold, number, happening),
    direction: 'in',
    status: 'received',
    author: contactAuthor(contact),
  }
  fold.join(conversation, message)
  return stored(message, met.isConflict ? identityConflict : undefined)
}

/** The contact after it wrote: named as it calls itself, reached where it wrote from. */
function calledAsWriting(fold: Fold, met: Met, who: Who, isNewest: boolean): Contact {
  const contact = isNewest ? reachedAsWriting(fold, met) : met.contact
  if (met.named.id === contact.id) return rename(fold, contact, who)
  rename(fold, met.named, who)
  return contact
}

/** A message that had come as a copy is for us after all. */
function given(fold: Fold, known: Message): Result {
  const before = fold.conversation(known.conversationId)
  if (known.isStandby !== true || before === undefined) return duplicate(known)
  const { isStandby: _copy, ...message } = known
  const conversation = backInControl(fold, before, known.sentAtMs)
  fold.join(conversation, message)
  return stored(message)
}

/**
 * What the firm wrote in the WhatsApp Business app, the past, and copies of what another app answers: seen, but
 * nothing to answer.
 */
export function importMessage(
  fold: Fold,
  happening: HappeningOf<'message-received' | 'echo-sent' | 'history-message'>,
): Result {
  const number = fold.number(happening.on)
  const known = fold.messageByWamid(number.id, happening.wamid)
  if (known !== undefined) return completed(fold, number, known, happening)
  const atMs = happening.atMs ?? fold.receivedAtMs
  const { contact, isConflict } = meet(fold, happening.who, identifiersOf(happening.who, atMs))
  const isStandby = happening.isStandby === true
  const past = pastConversation(fold, number, contact, atMs)
  const conversation = isStandby ? outOfControl(fold, past, atMs) : past
  const isOurs =
    happening.kind === 'echo-sent' || (happening.kind === 'history-message' && happening.isOurs)
  const status = (happening.kind === 'history-message' ? happening.status : undefined) ?? 'sent'
  const author = isStandby ? appAuthor(conversation, number) : firmAuthor(number)
  const message: Message = {
    ...blank(fold, conversation, atMs),
    ...written(fold, number, happening),
    ...(isStandby ? { isStandby } : { isHistory: true }),
    ...(isOurs
      ? { direction: 'out', status, statusAt: { sent: atMs }, author }
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
  happening: HappeningOf<'message-received' | 'echo-sent' | 'history-message'>,
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

/** Another app of the firm, by the role WhatsApp gives it. */
function appAuthor({ controlledBy }: Conversation, number: OwnNumber): Author {
  return { kind: 'automation', name: controlledBy?.role ?? firmAuthor(number).name }
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

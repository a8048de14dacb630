/** What WhatsApp reports of our own messages, and what follows for list, reaction chips, number and contact. */
import { withFreeEntry, withoutAnswer, type Conversation } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import { isNumberFault, sendEffect } from '../whatsapp/errors.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf } from './happening.ts'
import { identifiersOf, recognize } from './identity.ts'
import { preferMarketing } from './people.ts'
import { showReactions } from './reactions.ts'
import { duplicate, ignored, parked, stored, type Result } from './result.ts'
import { withReport } from './status.ts'

type Reported = HappeningOf<'status-changed'>

export function reportStatus(fold: Fold, reported: Reported): Result {
  const number = fold.number(reported.on)
  const message = addressed(fold, number, reported)
  if (message === undefined) {
    return parked({ numberId: number.id, wamid: reported.wamid, kind: 'status' })
  }
  if (message.direction !== 'out') return ignored('a status of a message that is not ours')
  const atMs = reported.atMs ?? fold.receivedAtMs
  const next = withReport(message, { ...reported, atMs })
  learnRecipient(fold, message, reported, atMs)
  if (reported.freeEntry !== undefined) confirmFree(fold, message, reported.freeEntry.untilMs)
  if (next === message) return duplicate(message)
  fold.putMessage(next)
  followInList(fold, next)
  if (next.status === 'failed') afterFailure(fold, number, next, atMs)
  return stored(next)
}

/** By our own id where WhatsApp repeats it, because the answer with the wamid may have been lost; else by wamid. */
function addressed(fold: Fold, number: OwnNumber, reported: Reported): Message | undefined {
  const byWamid = fold.messageByWamid(number.id, reported.wamid)
  if (byWamid !== undefined || reported.callbackId === undefined) return byWamid
  const own = fold.message(reported.callbackId)
  return own?.numberId === number.id && own.direction === 'out' ? own : undefined
}

function followInList(fold: Fold, message: Message): void {
  for (const conversation of fold.shownIn(message.conversationId)) {
    const after = following(conversation, message)
    if (after !== conversation) fold.putConversation(after)
  }
}

function following(before: Conversation, message: Message): Conversation {
  const { lastMessage, lastReply } = before
  let after = before
  if (lastMessage?.messageId === message.id && lastMessage.status !== message.status) {
    after = { ...after, lastMessage: { ...lastMessage, status: message.status } }
  }
  const { wamid } = message
  if (lastReply?.messageId === message.id && wamid !== undefined && lastReply.wamid !== wamid) {
    after = { ...after, lastReply: { ...lastReply, wamid } }
  }
  return message.status === 'failed' ? withoutAnswer(after, message) : after
}

function confirmFree(fold: Fold, message: Message, untilMs: number | undefined): void {
  const conversation = fold.shownIn(message.conversationId).at(-1)
  const next = conversation && withFreeEntry(conversation, message, untilMs)
  if (next !== undefined && next !== conversation) fold.putConversation(next)
}

function afterFailure(fold: Fold, number: OwnNumber, message: Message, atMs: number): void {
  const target = message.reaction?.wamid
  const reactedTo = target === undefined ? undefined : fold.messageByWamid(number.id, target)
  if (reactedTo !== undefined) showReactions(fold, reactedTo)
  const code = message.error?.code
  if (typeof code !== 'number') return
  if (stopsNumber(code) && number.health === 'ok') {
    fold.putNumber({ ...number, health: 'error', healthReason: String(code) })
  }
  if (code === optedOut) {
    const conversation = fold.conversation(message.conversationId)
    const contact = conversation && fold.contact(conversation.contactId)
    if (contact !== undefined) preferMarketing(fold, contact, 'stop', atMs)
  }
}

/** The person stopped marketing messages from us. @see facts 9 */
const optedOut = 131050

/** Nothing can leave through this number until an administrator mends it: token, permission, payment, block. */
function stopsNumber(code: number): boolean {
  return isNumberFault(code) || sendEffect(code) === 'pause'
}

function learnRecipient(fold: Fold, message: Message, reported: Reported, atMs: number): void {
  const conversation = fold.conversation(message.conversationId)
  const contact = conversation && fold.contact(conversation.contactId)
  if (contact !== undefined) recognize(fold, contact, identifiersOf(reported.who, atMs))
}

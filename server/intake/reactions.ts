/** Reactions: kept as messages for their ids and times, shown as chips on what they point at. */
import { newConversation, type Conversation } from '../../core/domain/conversation.ts'
import type { ContactId, ConversationId } from '../../core/domain/ids.ts'
import type { Message, Reaction } from '../../core/domain/message.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf } from './happening.ts'
import { identifiersOf, meet, type Met } from './identity.ts'
import { duplicate, identityConflict, parked, stored, type Result } from './result.ts'
import { blank, contactAuthor, firmAuthor, pastConversation } from './entry.ts'

type Given = HappeningOf<'reaction-given'>

export function giveReaction(fold: Fold, given: Given): Result {
  const number = fold.number(given.on)
  const known = fold.messageByWamid(number.id, given.wamid)
  if (known !== undefined) return changeReaction(fold, known, given)
  const atMs = given.atMs ?? fold.receivedAtMs
  const met = meet(fold, given.who, identifiersOf(given.who, atMs))
  const conversation = conversationFor(fold, number, met, given)
  const target = fold.messageByWamid(number.id, given.target)
  const message: Message = {
    ...blank(fold, conversation, atMs),
    wamid: given.wamid,
    type: 'reaction',
    reaction: {
      ...(target === undefined ? {} : { messageId: target.id }),
      wamid: given.target,
      emoji: given.emoji,
    },
    ...(given.isHistory && given.isStandby !== true ? { isHistory: true } : {}),
    ...(given.isStandby === true ? { isStandby: true } : {}),
    ...(given.isOurs
      ? { direction: 'out', status: 'sent', statusAt: { sent: atMs }, author: firmAuthor(number) }
      : { direction: 'in', status: 'received', author: contactAuthor(met.contact) }),
  }
  if (given.emoji === '') {
    // Taking a reaction off is no news that anybody has to read.
    fold.putMessage(message)
    fold.putConversation({ ...conversation, lastOrd: message.ord })
  } else {
    fold.join(conversation, message)
  }
  return shown(fold, number, message, met.isConflict ? identityConflict : undefined)
}

/** Some bodies take a reaction back, or change it, under the id it was given by. */
function changeReaction(fold: Fold, known: Message, given: Given): Result {
  const { reaction } = known
  if (reaction === undefined || reaction.wamid !== given.target) return duplicate(known)
  const atMs = given.atMs ?? fold.receivedAtMs
  const before = known.previousTexts ?? []
  const isOld = atMs < known.sentAtMs || (atMs === known.sentAtMs && before.includes(given.emoji))
  if (isOld || reaction.emoji === given.emoji) return duplicate(known)
  const message: Message = {
    ...known,
    reaction: { ...reaction, emoji: given.emoji },
    previousTexts: [...before, reaction.emoji],
    sentAtMs: atMs,
  }
  fold.putMessage(message)
  return shown(fold, fold.number(given.on), message)
}

function shown(fold: Fold, number: OwnNumber, message: Message, reason?: string): Result {
  const wamid = message.reaction?.wamid ?? ''
  const target = fold.messageByWamid(number.id, wamid)
  if (target === undefined) return parked({ numberId: number.id, wamid, kind: 'reaction' }, message)
  showReactions(fold, target)
  return stored(message, reason)
}

/**
 * Puts the newest reaction of each person outside, and the firm's, on the message. Decided by WhatsApp's times, not
 * by the order of arrival.
 */
export function showReactions(fold: Fold, target: Message): void {
  const { wamid } = target
  if (wamid === undefined) return
  const given = fold.reactionsOn(target.numberId, wamid)
  const newest = new Map<string, Message>()
  for (const message of given) {
    const person = personOf(fold, message)
    const best = newest.get(person)
    if (message.status !== 'failed' && (best === undefined || isNewer(message, best))) {
      newest.set(person, message)
    }
  }
  const isKnown = (id: string) => given.some((message) => message.id === id)
  const others = target.reactions.filter(({ messageId }) => !isKnown(messageId))
  const reactions = [...others, ...[...newest.values()].flatMap(chips)]
  if (JSON.stringify(reactions) === JSON.stringify(target.reactions)) return
  fold.putMessage({ ...target, reactions })
}

/** The customer sees one company, so all of us count as one person; so do contacts that were merged. */
function personOf(fold: Fold, { direction, author }: Message): string {
  if (direction === 'out') return 'us'
  const contact = fold.contact(author?.id as ContactId) // a contact's author id is a contact id
  return `contact ${contact === undefined ? author?.id : fold.standing(contact).id}`
}

function isNewer(a: Message, b: Message): boolean {
  return a.sentAtMs === b.sentAtMs ? a.ord > b.ord : a.sentAtMs > b.sentAtMs
}

function chips({ id, reaction, author }: Message): Reaction[] {
  if (author === undefined || reaction === undefined || reaction.emoji === '') return []
  return [{ emoji: reaction.emoji, author, messageId: id }]
}

function conversationFor(fold: Fold, number: OwnNumber, met: Met, given: Given): Conversation {
  const { contact } = met
  if (given.isHistory || given.isStandby === true || given.emoji === '') {
    return pastConversation(fold, number, contact, given.atMs ?? fold.receivedAtMs)
  }
  return (
    fold.conversationOf(number.id, contact.id) ??
    newConversation(fold.newId() as ConversationId, number.id, contact.id, fold.receivedAtMs)
  )
}

/** What happens to a person: new ids and numbers, wishes. Most leave a line in the thread. */
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Activity } from '../../core/domain/message.ts'
import type { Contact } from '../../core/domain/people.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf } from './happening.ts'
import { identifier, identifiersOf, meet, renewAll, type Identifier } from './identity.ts'
import { duplicate, identityConflict, ignored, stored, storedIn, type Result } from './result.ts'
import type { AliasKind } from './tables.ts'
import { blank, contactAuthor, pastConversation } from './entry.ts'

/** The person is called by another user id: the contact and its conversations stay the same. */
export function changeUserId(fold: Fold, change: HappeningOf<'user-id-changed'>): Result {
  const atMs = change.atMs ?? fold.receivedAtMs
  const identifiers = [
    ...identifier('user-id', change.from, 0),
    ...identifier('phone', change.who.phone, 0),
    ...identifier('user-id', change.to, afterOld(fold, 'user-id', change.from, atMs)),
    ...identifier('phone', change.phone, atMs),
    ...identifier('parent-user-id', change.who.parentUserId, atMs),
  ]
  return rekey(fold, change, identifiers, {
    kind: 'user-id-changed',
    ...(change.from === undefined ? {} : { from: change.from }),
    to: change.to,
  })
}

/** The person has another phone number. */
export function changeNumber(fold: Fold, change: HappeningOf<'number-changed'>): Result {
  const atMs = change.atMs ?? fold.receivedAtMs
  const identifiers = [
    ...identifier('phone', change.from, 0),
    ...identifier('user-id', change.who.userId, atMs),
    ...identifier('phone', change.to, afterOld(fold, 'phone', change.from, atMs)),
    ...identifier('parent-user-id', change.who.parentUserId, atMs),
  ]
  return rekey(fold, change, identifiers, {
    kind: 'number-changed',
    ...(change.from === undefined ? {} : { from: change.from }),
    to: change.to,
  })
}

/** The new one is newer than the one it takes the place of, whatever the clocks said when that was first seen. */
function afterOld(fold: Fold, kind: AliasKind, from: string | undefined, atMs: number): number {
  const old = from === undefined ? undefined : fold.alias(kind, from)
  return old === undefined ? atMs : Math.max(atMs, old.atMs + 1)
}

function rekey(
  fold: Fold,
  change: HappeningOf<'user-id-changed' | 'number-changed'>,
  identifiers: readonly Identifier[],
  activity: Activity,
): Result {
  const number = fold.number(change.on)
  const { wamid } = change
  const known = wamid === undefined ? undefined : fold.messageByWamid(number.id, wamid)
  if (known !== undefined) return duplicate(known)
  const met = meet(fold, change.who, identifiers)
  const contact = renewAll(fold, met, identifiers)
  const isChanged = met.isChanged || contact !== met.contact
  const reason = met.isConflict ? identityConflict : undefined
  const conversation = fold.conversationOf(number.id, contact.id)
  const called = change.kind === 'user-id-changed' ? 'userId' : 'phone'
  const isNewName = met.before?.[called] !== contact[called]
  const hasLine = isNewName || (met.isConflict && wamid !== undefined)
  if (conversation !== undefined && hasLine) {
    return addLine(fold, conversation, contact, activity, change, reason)
  }
  if (isChanged) return { ...storedIn(conversation), ...(reason === undefined ? {} : { reason }) }
  return reason === undefined ? duplicate() : ignored(reason)
}

/** The person's security key is another one: a new phone, or somebody else. */
export function changeIdentity(fold: Fold, change: HappeningOf<'identity-changed'>): Result {
  return lineOnly(fold, change, { kind: 'identity-changed' }, false)
}

export function requestWelcome(fold: Fold, request: HappeningOf<'welcome-requested'>): Result {
  return lineOnly(fold, request, { kind: 'welcome-requested' }, true)
}

/** Something WhatsApp says in the thread that Kontor has no words for. */
export function noteSystem(fold: Fold, notice: HappeningOf<'system-notice'>): Result {
  const number = fold.number(notice.on)
  const known = fold.messageByWamid(number.id, notice.wamid)
  if (known !== undefined) return duplicate(known)
  const atMs = notice.atMs ?? fold.receivedAtMs
  const { contact } = meet(fold, notice.who, identifiersOf(notice.who, atMs))
  const conversation = pastConversation(fold, number, contact, atMs)
  const message = {
    ...blank(fold, conversation, atMs),
    wamid: notice.wamid,
    type: 'unsupported' as const,
    ...(notice.text === undefined ? {} : { text: notice.text }),
    raw: notice.raw,
  }
  fold.join(conversation, message)
  return stored(message)
}

function lineOnly(
  fold: Fold,
  happening: HappeningOf<'identity-changed' | 'welcome-requested'>,
  activity: Activity,
  mayCreate: boolean,
): Result {
  const number = fold.number(happening.on)
  const known = fold.messageByWamid(number.id, happening.wamid)
  if (known !== undefined) return duplicate(known)
  const atMs = happening.atMs ?? fold.receivedAtMs
  const met = meet(fold, happening.who, identifiersOf(happening.who, atMs))
  const conversation = mayCreate
    ? pastConversation(fold, number, met.contact, atMs)
    : fold.conversationOf(number.id, met.contact.id)
  if (conversation === undefined) return ignored('no conversation with this contact yet')
  const reason = met.isConflict ? identityConflict : undefined
  return addLine(fold, conversation, met.contact, activity, happening, reason)
}

/** Whether the person wants marketing messages from us. */
export function setPreference(fold: Fold, wish: HappeningOf<'marketing-preference'>): Result {
  fold.number(wish.on)
  const atMs = wish.atMs ?? fold.receivedAtMs
  const { contact, isConflict } = meet(fold, wish.who, identifiersOf(wish.who, atMs))
  if (!preferMarketing(fold, contact, wish.value, atMs)) return duplicate()
  return { outcome: 'stored', ...(isConflict ? { reason: identityConflict } : {}) }
}

/** The newest wish counts; of two at the same time, the one to be left alone. */
export function preferMarketing(
  fold: Fold,
  person: Contact,
  value: 'stop' | 'resume',
  atMs: number,
): boolean {
  const contact = fold.standing(person)
  const before = contact.marketing
  const isOlder = before !== undefined && before.atMs > atMs
  const isTie = before?.atMs === atMs && (before.value === value || value === 'resume')
  if (isOlder || isTie) return false
  fold.putContact({ ...contact, marketing: { value, atMs } })
  return true
}

export function addLine(
  fold: Fold,
  conversation: Conversation,
  contact: Contact,
  activity: Activity,
  { atMs, wamid }: { atMs?: number | undefined; wamid?: string | undefined },
  reason?: string,
): Result {
  const line = {
    ...blank(fold, conversation, atMs ?? fold.receivedAtMs),
    activity,
    author: contactAuthor(contact),
    ...(wamid === undefined ? {} : { wamid }),
  }
  fold.join(conversation, line)
  return stored(line, reason)
}

import { expect, test } from 'vitest'
import { windowMs, type Conversation } from '../domain/conversation.ts'
import type { Change, Entity, Rows } from '../domain/entities.ts'
import type { ContactId, ConversationId, MessageId, NumberId } from '../domain/ids.ts'
import type { Contact } from '../domain/people.ts'
import {
  aContact,
  aConversation,
  aMessage,
  anId,
  after,
  aUser,
  exampleNowMs,
} from '../testing/examples.ts'
import { mutators, type MutatorArgs, type MutatorName } from './all.ts'
import type { Outcome } from './mutator.ts'

const anna = aUser({ name: 'Anna Krüger' })
const [shop, service] = [anId<NumberId>(), anId<NumberId>()]

/** Two contacts, the conversations each has by number, and what a person can do about them. */
function twoContacts() {
  const held = new Map<string, Change>()
  const put = (...rows: Change[]) => {
    for (const change of rows) held.set(`${change.entity} ${change.row.id}`, change)
  }
  const get = <E extends Entity>(entity: E, id: string) =>
    held.get(`${entity} ${id}`)?.row as Rows[E] | undefined // kept under its own entity's key
  const rows = <E extends Entity>(entity: E) =>
    [...held.values()].flatMap((change) =>
      change.entity === entity ? [change.row as Rows[E]] : [],
    )
  const { userId: _none, ...phone } = aContact({ name: 'Dörte', phone: '+494012340101' })
  const { phone: _hidden, ...user } = aContact({ name: 'D. M.-L.', userId: 'DE.1' })
  const conversation = (contact: Contact, numberId: NumberId, agoMs: number): Conversation => {
    const sentAtMs = exampleNowMs - agoMs
    const question = aMessage({ sentAtMs, receivedAtMs: sentAtMs })
    const row = after(aConversation({ contactId: contact.id, numberId }), question)
    put(
      { entity: 'conversation', row },
      { entity: 'message', row: { ...question, conversationId: row.id, numberId, ord: 1 } },
    )
    return row
  }
  put({ entity: 'contact', row: phone }, { entity: 'contact', row: user })
  return {
    phone,
    user,
    put,
    rows,
    conversation,
    contact: (id: ContactId) => get('contact', id)!,
    shown: (id: ConversationId) => get('conversation', id)!,
    does: <N extends MutatorName>(name: N, args: MutatorArgs<N>): Outcome => {
      const conversationsOf = (contactId: ContactId) =>
        rows('conversation').filter((row) => row.contactId === contactId)
      const context = { user: anna, nowMs: exampleNowMs }
      const outcome = mutators[name].run({ get, conversationsOf }, args as never, context) // of that mutator
      if (outcome.ok) put(...outcome.changes)
      return outcome
    },
    lines: () => [anId<MessageId>(), anId<MessageId>(), anId<MessageId>()],
  }
}

test('two contacts become one, with what a colleague chose of each', () => {
  const { phone, user, does, contact, lines } = twoContacts()
  const args = { from: user.id, into: phone.id, keep: { name: 'from' as const } }
  expect(does('contact.merge', { ...args, activityIds: lines() }).ok).toBe(true)
  expect(contact(phone.id)).toMatchObject({
    name: 'D. M.-L.',
    namedBy: 'colleague',
    phone: '+494012340101',
    userId: 'DE.1',
    includes: [user.id],
  })
  expect(contact(user.id)).toMatchObject({ mergedInto: phone.id, merge: { by: 'Anna Krüger' } })
})

test('of two conversations on a number one is shown, and whoever waits in the other waits there', () => {
  const { phone, user, conversation, does, shown, rows, lines } = twoContacts()
  const [theirs, ours] = [conversation(user, shop, 60_000), conversation(phone, shop, 120_000)]
  const handed = conversation(user, service, 30_000)
  does('contact.merge', { from: user.id, into: phone.id, keep: {}, activityIds: lines() })

  expect(shown(theirs.id)).toMatchObject({ contactId: user.id, mergedInto: ours.id })
  expect(shown(ours.id)).toMatchObject({
    includes: [theirs.id],
    waitingSinceMs: ours.waitingSinceMs,
    lastMessage: theirs.lastMessage,
    lastInbound: { messageId: theirs.lastInbound?.messageId, ord: 2 },
    windowExpiresAtMs: exampleNowMs - 60_000 + windowMs,
    lastOrd: 2,
  })
  expect(shown(handed.id)).toMatchObject({ contactId: phone.id, lastOrd: 2 })
  const told = rows('message').filter(({ activity }) => activity?.kind === 'contact-merged')
  expect(told.map(({ conversationId }) => conversationId).sort()).toEqual(
    [ours.id, handed.id].sort(),
  )
})

test('the reply window of an account nobody writes to any more does not count', () => {
  const { user, conversation, does, shown, put, lines } = twoContacts()
  const other = aContact({ phone: '+494012340999', userId: 'DE.2' })
  put({ entity: 'contact', row: other })
  const [theirs, ours] = [conversation(other, shop, 1000), conversation(user, shop, 60_000)]
  does('contact.merge', { from: other.id, into: user.id, keep: {}, activityIds: lines() })
  // The user's own id is kept, the other's phone is added: messages go there, so its window counts.
  expect(shown(ours.id).windowExpiresAtMs).toBe(theirs.windowExpiresAtMs)

  const second = twoContacts()
  const kept = aContact({ phone: '+494012340555', userId: 'DE.3' })
  second.put({ entity: 'contact', row: kept })
  const [late, early] = [
    second.conversation(second.phone, shop, 1000),
    second.conversation(kept, shop, 60_000),
  ]
  second.does('contact.merge', {
    from: second.phone.id,
    into: kept.id,
    keep: {},
    activityIds: lines(),
  })
  expect(late.windowExpiresAtMs).toBeGreaterThan(early.windowExpiresAtMs ?? 0)
  expect(second.shown(early.id).windowExpiresAtMs).toBe(early.windowExpiresAtMs)
})

test('a merge can be taken back, but for what was done since', () => {
  const { phone, user, conversation, does, shown, contact, lines } = twoContacts()
  const [theirs, ours] = [conversation(user, shop, 60_000), conversation(phone, shop, 120_000)]
  const handed = conversation(user, service, 30_000)
  does('contact.merge', { from: user.id, into: phone.id, keep: {}, activityIds: lines() })
  does('conversation.assign', {
    conversationId: ours.id,
    toUserId: null,
    baseVersion: 0,
    activityId: anId(),
  })
  does('contact.rename', { contactId: phone.id, name: 'Frau Müller' })
  const pair = { from: user.id, into: phone.id }
  expect(does('contact.unmerge', { ...pair, activityIds: lines() }).ok).toBe(true)

  expect(contact(user.id)).toEqual(user)
  expect(contact(phone.id)).toEqual({
    ...phone,
    name: 'Frau Müller',
    namedBy: 'colleague',
    namedById: anna.id,
  })
  expect(shown(theirs.id)).toEqual(theirs)
  expect(shown(ours.id)).toEqual({ ...ours, lastOrd: 3, updatedAtMs: exampleNowMs })
  expect(shown(handed.id)).toMatchObject({ contactId: user.id })
  expect(does('contact.unmerge', { ...pair, activityIds: lines() })).toMatchObject({
    code: 'conflict',
  })
})

test('of several merges the latest is taken back first, and nobody is merged twice', () => {
  const { phone, user, does, put, lines } = twoContacts()
  const third = aContact({ userId: 'DE.3' })
  put({ entity: 'contact', row: third })
  const merge = (from: ContactId, into: ContactId) =>
    does('contact.merge', { from, into, keep: {}, activityIds: lines() })
  const unmerge = (from: ContactId) =>
    does('contact.unmerge', { from, into: phone.id, activityIds: lines() })
  expect(merge(user.id, phone.id).ok).toBe(true)
  expect(merge(user.id, third.id)).toMatchObject({ code: 'conflict' })
  expect(merge(third.id, phone.id).ok).toBe(true)
  expect(unmerge(user.id)).toMatchObject({ code: 'conflict', details: { contactId: third.id } })
  expect(unmerge(third.id).ok).toBe(true)
  expect(unmerge(user.id).ok).toBe(true)
})

test('who is known to be somebody else is not asked about again', () => {
  const { phone, user, does, contact, put } = twoContacts()
  const doubt = { kind: 'phone' as const, value: '+494012340101', atMs: exampleNowMs }
  put(
    { entity: 'contact', row: { ...phone, conflicts: [{ ...doubt, contactId: user.id }] } },
    { entity: 'contact', row: { ...user, conflicts: [{ ...doubt, contactId: phone.id }] } },
  )
  does('contact.dismiss-conflict', { contactId: phone.id, otherId: user.id })
  expect(contact(phone.id)).toEqual({ ...phone, distinctFrom: [user.id] })
  expect(contact(user.id)).toEqual({ ...user, distinctFrom: [phone.id] })
})

test('an empty name gives the contact’s own word its place back', () => {
  const { phone, does, contact } = twoContacts()
  does('contact.rename', { contactId: phone.id, name: ' Frau Müller ' })
  expect(contact(phone.id)).toMatchObject({ name: 'Frau Müller', namedBy: 'colleague' })
  does('contact.rename', { contactId: phone.id, name: '' })
  expect(contact(phone.id).namedBy).toBeUndefined()
})

import { expect, test } from 'vitest'
import { withMessage, type Conversation } from '../domain/conversation.ts'
import type { ContactId, MessageId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import { readMarkId } from '../domain/people.ts'
import {
  aContact,
  aConversation,
  aMessage,
  anId,
  aNumber,
  aUser,
  exampleNowMs,
} from '../testing/examples.ts'
import { createMemoryDisk } from '../testing/memory-disk.ts'
import { Overlay } from './overlay.ts'
import { Replica } from './replica.ts'
import { Views } from './views.ts'

const platform = {
  nowMs: () => exampleNowMs,
  newId: () => 'r',
  random: () => 0,
  after: () => () => undefined,
}
const me = aUser()
const number = aNumber()

/** What a person sees of two contacts who were merged: one wrote at the even seconds, the other at the odd ones. */
async function mergedView() {
  const replica = await Replica.open(createMemoryDisk(), platform)
  let rev = 0
  const [from, into] = [aContact({ name: 'D.' }), aContact({ name: 'Dörte' })]
  const conversation = (contactId: ContactId, words: readonly string[]): Conversation => {
    const empty = aConversation({ contactId, numberId: number.id })
    return words.reduce((now, text) => {
      const atMs = exampleNowMs + Number(text) * 1000
      const message: Message = aMessage({
        conversationId: now.id,
        ord: now.lastOrd + 1,
        text,
        sentAtMs: atMs,
        receivedAtMs: atMs,
      })
      replica.base.put({ entity: 'message', row: message }, (rev += 1))
      return withMessage(now, message)
    }, empty)
  }
  const [hidden, shown] = [
    conversation(from.id, ['1', '3']),
    conversation(into.id, ['0', '2', '4']),
  ]
  const overlay = new Overlay(replica.base)
  for (const row of [hidden, shown]) {
    replica.base.put({ entity: 'conversation', row }, (rev += 1))
  }
  replica.base.put({ entity: 'number', row: number }, (rev += 1))
  for (const row of [from, into]) replica.base.put({ entity: 'contact', row }, (rev += 1))
  const merge = overlay.perform(
    {
      name: 'contact.merge',
      args: { from: from.id, into: into.id, keep: {}, activityIds: [anId<MessageId>()] },
    },
    { user: me, nowMs: exampleNowMs + 9000 },
  )
  expect(merge.ok).toBe(true)
  return { views: new Views(replica, overlay, me.id), overlay, from, into, hidden, shown }
}

test('a thread shows the messages of both, as they were written, page by page', async () => {
  const { views, shown } = await mergedView()
  const page = views.thread(shown.id, 3)
  expect(page.messages.map(({ text, activity }) => text ?? activity?.kind)).toEqual([
    '3',
    '4',
    'contact-merged',
  ])
  const older = views.thread(shown.id, 3, page.messages[0]?.id)
  expect(older.messages.map(({ text }) => text)).toEqual(['0', '1', '2'])
  expect(older.hasOlder).toBe(false)
})

test('the list has one row for both, with what is unread in both', async () => {
  const { views, overlay, hidden, shown } = await mergedView()
  const rows = views.page({ kind: 'open' }, 10).rows
  expect(rows.map(({ conversation, unread }) => [conversation.id, unread])).toEqual([[shown.id, 5]])
  expect(views.counts().find(({ view }) => view.kind === 'open')).toMatchObject({
    count: 1,
    unread: 1,
  })
  expect(views.thread(shown.id, 10)).toMatchObject({ unread: 5, unreadMessages: 5 })
  expect(views.unreadParts(shown.id).map(({ id }) => id)).toEqual([hidden.id])
  const read = (conversation: Conversation) =>
    overlay.perform(
      {
        name: 'conversation.read',
        args: { conversationId: conversation.id, inbound: conversation.inboundCount },
      },
      { user: me, nowMs: exampleNowMs },
    )
  read(hidden)
  expect(views.thread(shown.id, 10)).toMatchObject({ unread: 3, unreadMessages: 3 })
  read(shown)
  expect(overlay.get('read', readMarkId(me.id, hidden.id))?.inbound).toBe(2)
  expect(views.thread(shown.id, 10)).toMatchObject({ unread: 0, unreadMessages: 0 })
})

test('side by side, each contact is shown with its numbers and when it was heard of', async () => {
  const { views, from, into, shown } = await mergedView()
  expect(() => views.compare(from.id, aContact().id)).toThrow('no such contact')
  const side = views.compare(from.id, into.id).contact
  expect(side).toEqual({
    contact: views.contact(into.id),
    numbers: [number],
    messages: 5,
    firstAtMs: exampleNowMs,
    lastAtMs: exampleNowMs + 4000,
  })
  expect(views.merged(into.id).map(({ id }) => id)).toEqual([from.id])
  expect(views.thread(shown.id, 1).contact.id).toBe(into.id)
})

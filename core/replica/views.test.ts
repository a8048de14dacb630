import { expect, test } from 'vitest'
import { withMessage } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import type { Change } from '../domain/entities.ts'
import {
  aContact,
  aConversation,
  aMessage,
  aNumber,
  aTemplate,
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

/** A person's view of one conversation with these messages in it. */
async function viewOf(...given: Partial<Message>[]) {
  const replica = await Replica.open(createMemoryDisk(), platform)
  let conversation = aConversation()
  given.forEach((part, index) => {
    const message = aMessage({ conversationId: conversation.id, ord: index + 1, ...part })
    conversation = withMessage(conversation, message)
    replica.base.put({ entity: 'message', row: message }, index + 1)
  })
  replica.base.put({ entity: 'conversation', row: conversation }, given.length + 1)
  const views = new Views(replica, new Overlay(replica.base), aUser().id)
  return views.thread(conversation.id, 50)
}

test('an unread reaction counts as unread, but no message of the thread does for it', async () => {
  const page = await viewOf(
    { text: 'früher', isHistory: true },
    { text: 'Danke' },
    { type: 'reaction', reaction: { emoji: '👍' } },
  )
  expect(page).toMatchObject({ unread: 2, unreadMessages: 1 })
  expect(page.messages.map(({ text }) => text)).toEqual(['früher', 'Danke'])
})

test('templates for this contact come first, then those in their language, and none of another account', async () => {
  const replica = await Replica.open(createMemoryDisk(), platform)
  const number = aNumber({ accountId: '1' })
  const contact = aContact({ language: 'de_DE', marketing: { value: 'stop', atMs: 1 } })
  const conversation = aConversation({ numberId: number.id, contactId: contact.id })
  const templates = [
    aTemplate({ name: 'b', language: 'en', accountId: '1' }),
    aTemplate({ name: 'c', language: 'de', accountId: '1' }),
    aTemplate({ name: 'a', language: 'de', accountId: '1', category: 'MARKETING' }),
    aTemplate({ name: 'd', language: 'de', accountId: '1', status: 'PAUSED' }),
    aTemplate({ name: 'e', language: 'de', accountId: '1', isGone: true }),
    aTemplate({ name: 'f', language: 'de', accountId: '2' }),
  ]
  const rows: Change[] = [
    { entity: 'number', row: number },
    { entity: 'contact', row: contact },
    { entity: 'conversation', row: conversation },
    ...templates.map((row): Change => ({ entity: 'template', row })),
  ]
  rows.forEach((row, index) => replica.base.put(row, index + 1))
  const views = new Views(replica, new Overlay(replica.base), aUser().id)
  const offers = views.templates(conversation.id)
  expect(offers.map(({ template, reason }) => [template.name, reason])).toEqual([
    ['c', null],
    ['b', null],
    ['a', 'marketing-stopped'],
    ['d', 'paused'],
  ])
})

test('imported history is never unread', async () => {
  expect(await viewOf({ isHistory: true })).toMatchObject({ unread: 0, unreadMessages: 0 })
})

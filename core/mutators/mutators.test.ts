import { expect, test } from 'vitest'
import type { MessageId } from '../domain/ids.ts'
import { readMarkId } from '../domain/people.ts'
import {
  aConversation,
  aMessage,
  anId,
  aReply,
  aTemplate,
  after,
  aUser,
  exampleNowMs,
} from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'

const anna = aUser({ name: 'Anna Krüger' })
const cem = aUser({ name: 'Cem Yıldız' })
const answerReady = aTemplate()

function aWaitingCustomer() {
  const question = aMessage({ id: anId<MessageId>() })
  const conversation = after(aConversation(), question)
  const message = { ...question, conversationId: conversation.id, ord: 1 }
  const state = stateOf(
    { entity: 'conversation', row: conversation },
    { entity: 'message', row: message },
    { entity: 'user', row: anna },
    { entity: 'user', row: cem },
    { entity: 'template', row: answerReady },
  )
  return { state, id: conversation.id, message }
}

const text = (value: string) => ({ type: 'text' as const, text: value })

test('a reply stands in the thread as queued and ends the waiting', () => {
  const { state, id, message } = aWaitingCustomer()
  const reply = anId<MessageId>()
  state.does(anna, 'message.send', {
    id: reply,
    conversationId: id,
    body: text('Moment'),
    basedOn: message.id,
  })
  expect(state.get('message', reply)).toMatchObject({
    status: 'queued',
    ord: 2,
    author: { name: 'Anna Krüger' },
  })
  expect(state.get('conversation', id)).toMatchObject({
    waitingSinceMs: null,
    lastReply: { authorName: 'Anna Krüger' },
  })
})

test('nobody answers over a colleague’s reply they had not seen', () => {
  const { state, id, message } = aWaitingCustomer()
  const mine = anId<MessageId>()
  state.does(cem, 'message.send', {
    id: anId(),
    conversationId: id,
    body: text('Ja'),
    basedOn: message.id,
  })
  const args = { id: mine, conversationId: id, body: text('Nein'), basedOn: message.id }
  expect(state.does(anna, 'message.send', args)).toMatchObject({
    ok: false,
    code: 'colleague-answered',
    details: { by: 'Cem Yıldız' },
  })
  expect(state.does(anna, 'message.send', { ...args, isAnyway: true }).ok).toBe(true)
})

test('whoever saw the colleague’s reply may go on, and one’s own replies never stand in the way', () => {
  const { state, id, message } = aWaitingCustomer()
  const his = anId<MessageId>()
  state.does(cem, 'message.send', {
    id: his,
    conversationId: id,
    body: text('Ja'),
    basedOn: message.id,
  })
  expect(
    state.does(anna, 'message.send', {
      id: anId(),
      conversationId: id,
      body: text('Und'),
      basedOn: his,
    }).ok,
  ).toBe(true)
  expect(
    state.does(anna, 'message.send', {
      id: anId(),
      conversationId: id,
      body: text('noch'),
      basedOn: his,
    }).ok,
  ).toBe(true)
})

test('after the 24 hours only a template goes out', () => {
  const { state, id, message } = aWaitingCustomer()
  const lateMs = exampleNowMs + 24 * 3_600_000
  const args = { conversationId: id, basedOn: message.id }
  expect(
    state.does(anna, 'message.send', { ...args, id: anId(), body: text('zu spät') }, lateMs),
  ).toMatchObject({
    code: 'window-closed',
  })
  const template = {
    type: 'template' as const,
    templateId: answerReady.id,
    params: ['Frau Müller', 'Ihr Paket'],
  }
  expect(state.does(anna, 'message.send', { ...args, id: anId(), body: template }, lateMs).ok).toBe(
    true,
  )
})

test('of two who assign at once the first wins and the second learns who', () => {
  const { state, id } = aWaitingCustomer()
  const base = { conversationId: id, baseVersion: 0 }
  expect(
    state.does(anna, 'conversation.assign', { ...base, toUserId: anna.id, activityId: anId() }).ok,
  ).toBe(true)
  expect(
    state.does(cem, 'conversation.assign', { ...base, toUserId: cem.id, activityId: anId() }),
  ).toMatchObject({
    code: 'conflict',
    details: { assigneeId: anna.id },
  })
})

test('a conversation is not resolved over a message nobody had seen', () => {
  const { state, id, message } = aWaitingCustomer()
  const args = { conversationId: id, activityId: anId<MessageId>() }
  expect(state.does(anna, 'conversation.resolve', { ...args, basedOn: null })).toMatchObject({
    code: 'new-activity',
  })
  expect(state.does(anna, 'conversation.resolve', { ...args, basedOn: message.id }).ok).toBe(true)
  expect(state.get('conversation', id)?.status).toBe('resolved')
})

test('having read only grows, unless marked unread on purpose', () => {
  const { state, id } = aWaitingCustomer()
  const mark = () => state.get('read', readMarkId(anna.id, id))?.inbound
  state.does(anna, 'conversation.read', { conversationId: id, inbound: 99 })
  expect(mark()).toBe(1)
  state.does(anna, 'conversation.read', { conversationId: id, inbound: 0 })
  expect(mark()).toBe(1)
  state.does(anna, 'conversation.read', { conversationId: id, inbound: 1, isUnread: true })
  expect(mark()).toBe(0)
})

test('a reaction replaces the firm’s earlier one and leaves the contact’s alone', () => {
  const { state, id, message } = aWaitingCustomer()
  const on = { conversationId: id, messageId: message.id }
  state.does(anna, 'message.react', { ...on, id: anId(), emoji: '👍' })
  state.does(cem, 'message.react', { ...on, id: anId(), emoji: '❤️' })
  expect(state.get('message', message.id)?.reactions.map(({ emoji }) => emoji)).toEqual(['❤️'])
  state.does(cem, 'message.react', { ...on, id: anId(), emoji: '' })
  expect(state.get('message', message.id)?.reactions).toEqual([])
})

test('only what is undecided can be dismissed', () => {
  const sent = aReply({ status: 'sent' })
  const unsure = aReply({ status: 'uncertain' })
  const state = stateOf({ entity: 'message', row: sent }, { entity: 'message', row: unsure })
  expect(state.does(anna, 'message.dismiss', { id: sent.id })).toMatchObject({ code: 'conflict' })
  expect(state.does(anna, 'message.dismiss', { id: unsure.id }).ok).toBe(true)
  expect(state.get('message', unsure.id)?.status).toBe('failed')
})

test('nothing is written under the id of a message that is there', () => {
  const { state, id, message } = aWaitingCustomer()
  const on = { conversationId: id, basedOn: message.id }
  const taken = { ok: false, code: 'already-exists' }
  expect(
    state.does(anna, 'message.send', { ...on, id: message.id, body: text('statt dessen') }),
  ).toEqual(taken)
  expect(
    state.does(anna, 'note.add', { conversationId: id, id: message.id, text: 'statt dessen' }),
  ).toEqual(taken)
  expect(state.does(anna, 'conversation.resolve', { ...on, activityId: message.id })).toEqual(taken)
  expect(state.get('message', message.id)?.text).toBe('Guten Tag, wo bleibt mein Paket?')
})

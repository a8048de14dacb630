import { expect, test } from 'vitest'
import type { MediaId, MessageId } from '../domain/ids.ts'
import type { Contact } from '../domain/people.ts'
import type { Template } from '../domain/template.ts'
import {
  aContact,
  aConversation,
  aMessage,
  aNumber,
  aReply,
  aTemplate,
  aUser,
  after,
  anId,
  exampleNowMs,
} from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'
import type { Body } from './body.ts'

const anna = aUser()
const dayMs = 24 * 3_600_000

function aThread(given: { template?: Partial<Template>; contact?: Partial<Contact> } = {}) {
  const contact = aContact(given.contact)
  const number = aNumber({ accountId: '102000000000001' })
  const start = aConversation({ contactId: contact.id, numberId: number.id })
  const question = aMessage({ conversationId: start.id, numberId: number.id, ord: 1 })
  const conversation = after(start, question)
  const template = aTemplate(given.template)
  const state = stateOf(
    { entity: 'contact', row: contact },
    { entity: 'number', row: number },
    { entity: 'conversation', row: conversation },
    { entity: 'message', row: question },
    { entity: 'template', row: template },
  )
  const send = (body: Body, more: object = {}, nowMs = exampleNowMs) => {
    const id = anId<MessageId>()
    const args = { id, conversationId: conversation.id, body, basedOn: question.id, ...more }
    return { id, outcome: state.does(anna, 'message.send', args, nowMs) }
  }
  const use: Body = { type: 'template', templateId: template.id, params: ['Ada', 'Paket'] }
  return { state, conversation, question, template, send, use }
}

test('a template’s text and looks are worked out where it is written', () => {
  const { state, send, use, template } = aThread()
  const { id } = send(use)
  expect(state.get('message', id)).toMatchObject({
    type: 'template',
    text: 'Guten Tag Ada, zu „Paket“ haben wir eine Antwort.',
    template: { id: template.id, category: 'UTILITY', shown: { buttons: [] } },
  })
})

test('what things to tap say is the message’s text', () => {
  const { state, send } = aThread()
  const action = { name: 'request_contact_info' } as const
  const interactive = { type: 'contact_request', body: { text: 'Ihre Nummer?' }, action } as const
  const { id } = send({ type: 'interactive', interactive })
  expect(state.get('message', id)).toMatchObject({ text: 'Ihre Nummer?', interactive })
})

test('only what a body is made of is taken into the message', () => {
  const { state, send } = aThread()
  const { id } = send({ type: 'text', text: 'Moin', status: 'read', ord: 99 } as Body)
  expect(state.get('message', id)).toMatchObject({ status: 'queued', ord: 2 })
})

test.each<[string, Partial<Template>, Partial<Contact>, object]>([
  ['a paused template', { status: 'PAUSED' }, {}, { reason: 'paused', status: 'PAUSED' }],
  ['a disabled template', { status: 'DISABLED' }, {}, { reason: 'disabled' }],
  ['one under review', { status: 'PENDING' }, {}, { reason: 'pending' }],
  ['one that is gone', { isGone: true }, {}, { reason: 'gone' }],
  ['one with parts nobody knows', { hasUnknownParts: true }, {}, { reason: 'not-understood' }],
  ['another account’s', { accountId: '9' }, {}, { reason: 'other-account' }],
])('%s is not sent', (_what, template, contact, details) => {
  const { send, use } = aThread({ template, contact })
  expect(send(use).outcome).toMatchObject({ code: 'template-unavailable', details })
})

test('a code is not sent to somebody without a phone number', () => {
  const template = { category: 'AUTHENTICATION', body: '{{1}}' }
  const known = aThread({ template })
  const code = (id: Template['id']): Body => ({
    ...{ type: 'template', templateId: id },
    params: ['123456'],
  })
  expect(known.send(code(known.template.id)).outcome.ok).toBe(true)
  const hidden = aThread({ template, contact: { phone: undefined as never } })
  expect(hidden.send(code(hidden.template.id)).outcome).toMatchObject({
    code: 'template-unavailable',
    details: { reason: 'needs-phone' },
  })
})

test('marketing stops where the contact said stop, and nothing else does', () => {
  const contact = { marketing: { value: 'stop' as const, atMs: 1 } }
  const offer = aThread({ template: { category: 'MARKETING' }, contact })
  expect(offer.send(offer.use).outcome).toMatchObject({ ok: false, code: 'marketing-stopped' })
  const news = aThread({ contact })
  expect(news.send(news.use).outcome.ok).toBe(true)
})

test('a template’s values are held against it, by the name of the field', () => {
  const { send, use } = aThread()
  expect(send({ ...use, params: ['Ada'] }).outcome).toMatchObject({
    code: 'template-mismatch',
    details: { at: '/body/params/1', rule: 'missing' },
  })
})

test('sound and stickers have no text, and a voice note is Opus in Ogg', () => {
  const { send } = aThread()
  const sound = (mime: string, isVoice?: true) => ({
    id: anId<MediaId>(),
    mime,
    state: 'ready' as const,
    ...(isVoice && { isVoice }),
  })
  expect(send({ type: 'audio', media: sound('audio/mpeg'), text: 'x' }).outcome).toMatchObject({
    code: 'bad-request',
    details: { at: '/body/text' },
  })
  expect(send({ type: 'audio', media: sound('audio/mpeg', true) }).outcome).toMatchObject({
    code: 'unsupported-media',
    details: { at: '/body/media' },
  })
  const opus = sound('audio/ogg; codecs=opus', true)
  expect(send({ type: 'audio', media: opus }).outcome.ok).toBe(true)
})

test('a message for later counts against the window at its own time, and can be taken back', () => {
  const { state, send, use } = aThread()
  const text: Body = { type: 'text', text: 'Bis morgen' }
  const tooLate = send(text, { sendAtMs: exampleNowMs + dayMs })
  expect(tooLate.outcome).toMatchObject({ code: 'window-closed' })
  expect(send(use, { sendAtMs: exampleNowMs + 400 * dayMs }).outcome).toMatchObject({
    code: 'bad-request',
    details: { at: '/body/sendAt' },
  })
  const { id } = send(text, { sendAtMs: exampleNowMs + 3_600_000 })
  expect(state.get('message', id)).toMatchObject({
    status: 'queued',
    sendAtMs: exampleNowMs + 3_600_000,
  })
  expect(state.does(anna, 'message.dismiss', { id }).ok).toBe(true)
  expect(state.get('message', id)?.status).toBe('failed')
  const past = send(text, { sendAtMs: exampleNowMs - 1 })
  expect(state.get('message', past.id)).not.toHaveProperty('sendAtMs')
})

test('a reaction is one emoji, on a message of the last thirty days', () => {
  const { state, conversation, question } = aThread()
  const react = (emoji: string, nowMs = exampleNowMs) => {
    const on = { conversationId: conversation.id, messageId: question.id }
    return state.does(anna, 'message.react', { ...on, id: anId(), emoji }, nowMs)
  }
  for (const emoji of ['👍', '👩🏽‍🚒', '🇩🇪', '1️⃣', '❤️', '']) expect(react(emoji).ok).toBe(true)
  for (const text of ['ja', '👍👍', '1', ' ']) {
    expect(react(text)).toMatchObject({ code: 'bad-request', details: { at: '/emoji' } })
  }
  expect(react('👍', exampleNowMs + 31 * dayMs)).toMatchObject({ details: { rule: 'too-old' } })
})

test('what quotes a message of another thread is not sent', () => {
  const { state, conversation, send } = aThread()
  const elsewhere = aReply()
  const also = stateOf(
    { entity: 'conversation', row: conversation },
    { entity: 'message', row: elsewhere },
  )
  const body: Body = { type: 'text', text: 'Dazu' }
  const args = { id: anId<MessageId>(), conversationId: conversation.id, body, basedOn: null }
  expect(
    also.does(anna, 'message.send', { ...args, isAnyway: true, replyTo: elsewhere.id }),
  ).toMatchObject({ code: 'bad-request', details: { at: '/body/replyTo' } })
  const first = send(body)
  expect(send(body, { replyTo: first.id }).outcome.ok).toBe(true)
  expect(state.get('message', first.id)).not.toHaveProperty('replyTo')
})

import { expect, test } from 'vitest'
import {
  ayse,
  baseSeconds,
  body,
  change,
  contact,
  doerte,
  failure,
  inbound,
  message,
  ourNumber,
  status,
  statuses,
  text,
} from '../../tests/fixtures/bodies.ts'
import type { Happening } from '../intake/happening.ts'
import { translate } from './translate.ts'

function happeningIn(value: unknown): Happening {
  const [part, ...others] = translate(value)
  expect(others).toEqual([])
  if (part === undefined || !('happening' in part)) throw new Error(JSON.stringify(part))
  return part.happening
}

function contentIn(value: unknown) {
  const happening = happeningIn(value)
  if (happening.kind !== 'message-received') throw new Error(happening.kind)
  return happening.content
}

test('a text comes with number, person, id and WhatsApp’s time', () => {
  const happening = happeningIn(inbound(doerte, text('Hallo'), { id: 'wamid.A' }))
  expect(happening).toEqual({
    kind: 'message-received',
    on: {
      phoneNumberId: ourNumber.id,
      accountId: ourNumber.accountId,
      displayPhone: '+494030068810',
    },
    who: {
      phone: '+494012340101',
      userId: doerte.userId,
      parentUserId: doerte.parentUserId,
      username: undefined,
      name: doerte.name,
    },
    wamid: 'wamid.A',
    atMs: baseSeconds * 1000,
    content: { type: 'text', text: 'Hallo' },
  })
})

test('somebody who hides their phone number is known by user id and user name', () => {
  const { who } = happeningIn(inbound(ayse, text('Merhaba'))) as { who: object }
  expect(who).toMatchObject({ phone: undefined, userId: ayse.userId, username: 'ayse.kaya' })
})

test('the name in contacts[] is not taken from somebody else', () => {
  const value = body(
    change('messages', {
      contacts: [contact(ayse)],
      messages: [message(doerte, text('Hallo'))],
    }),
  )
  const { who } = happeningIn(value) as { who: { name?: string; phone?: string } }
  expect(who.phone).toBe('+494012340101')
  expect(who.name).toBeUndefined()
})

const file = { id: '1801', mime_type: 'image/jpeg', sha256: 'LCa0', url: 'https://files.example/1' }
const remote = {
  metaMediaId: '1801',
  mime: 'image/jpeg',
  sha256: 'LCa0',
  url: 'https://files.example/1',
}

test.each([
  [
    'image',
    { type: 'image', image: { ...file, caption: 'Rechnung' } },
    { type: 'image', text: 'Rechnung', file: remote },
  ],
  ['video', { type: 'video', video: file }, { type: 'video', file: remote }],
  ['sticker', { type: 'sticker', sticker: file }, { type: 'sticker', file: remote }],
  [
    'document',
    { type: 'document', document: { ...file, filename: 'vertrag.pdf' } },
    { type: 'document', file: { ...remote, fileName: 'vertrag.pdf' } },
  ],
  [
    'voice message',
    { type: 'audio', audio: { ...file, voice: true } },
    { type: 'audio', file: { ...remote, isVoice: true } },
  ],
  [
    'location',
    { type: 'location', location: { latitude: '52.52', longitude: 13.405, name: 'Alex' } },
    { type: 'location', location: { latitude: 52.52, longitude: 13.405, name: 'Alex' } },
  ],
  [
    'contact card',
    { type: 'contacts', contacts: [{ name: { formatted_name: 'Max' } }] },
    { type: 'contacts', cards: [{ name: { formatted_name: 'Max' } }] },
  ],
  [
    'order',
    { type: 'order', order: { text: 'Bitte liefern', product_items: [{ quantity: '2' }] } },
    {
      type: 'order',
      text: 'Bitte liefern',
      order: { text: 'Bitte liefern', product_items: [{ quantity: '2' }] },
    },
  ],
  [
    'template button',
    { type: 'button', button: { payload: 'CANCEL_42', text: 'Absagen' } },
    { type: 'button', text: 'Absagen', choice: { kind: 'button', id: 'CANCEL_42' } },
  ],
  [
    'reply button',
    {
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Ja' } },
    },
    { type: 'interactive', text: 'Ja', choice: { kind: 'button_reply', id: 'yes' } },
  ],
  [
    'list',
    {
      type: 'interactive',
      interactive: {
        type: 'list_reply',
        list_reply: { id: '1', title: 'Status', description: 'Wo?' },
      },
    },
    {
      type: 'interactive',
      text: 'Status',
      choice: { kind: 'list_reply', id: '1', description: 'Wo?' },
    },
  ],
  [
    'flow',
    {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{}' },
      },
    },
    {
      type: 'interactive',
      text: 'Sent',
      choice: { kind: 'nfm_reply', id: 'flow', response: '{}' },
    },
  ],
])('%s', (_name, content, expected) => {
  expect(contentIn(inbound(doerte, content))).toEqual(expected)
})

test.each([
  ['said to be unsupported', { type: 'unsupported', unsupported: { type: 'poll' } }],
  ['of an old name for unsupported', { type: 'unknown', errors: [{ code: 131051 }] }],
  ['of a type nobody has heard of', { type: 'hologram', hologram: { id: 1 } }],
  ['without a type', {}],
  ['of a known type in another shape', { type: 'text', text: 'Hallo' }],
  ['named like a member of every object', { type: 'constructor' }],
  [
    'with a new kind of choice',
    { type: 'interactive', interactive: { type: 'slider', slider: 3 } },
  ],
])('a message %s is shown with everything it carries', (_name, content) => {
  const received = contentIn(inbound(doerte, content))
  expect(received).toMatchObject({ type: 'unsupported', raw: content })
})

test('marks, quotes and advertisements stay with the message', () => {
  const context = { id: 'wamid.Q', forwarded: true }
  const referral = { source_type: 'ad', source_id: '77' }
  expect(happeningIn(inbound(doerte, { ...text('Hallo'), context, referral }))).toMatchObject({
    quote: 'wamid.Q',
    isForwarded: true,
    referral,
  })
  const product = { id: 'wamid.P', referred_product: { catalog_id: '1' } }
  expect(happeningIn(inbound(doerte, { ...text('Noch da?'), context: product }))).toMatchObject({
    quote: 'wamid.P',
    referral: { referred_product: { catalog_id: '1' } },
  })
})

test('a template of ours that comes back keeps its name, its text and its values', () => {
  const components = [
    { type: 'body', text: 'Guten Tag Ada!', parameters: [{ type: 'text', text: 'Ada' }] },
  ]
  const template = { name: 'gruss', language: { code: 'de' }, components }
  const echo = {
    ...message(doerte, { type: 'template', template }, { id: 'wamid.T' }),
    from: ourNumber.phone,
    to: doerte.phone,
  }
  const happening = happeningIn(body(change('smb_message_echoes', { message_echoes: [echo] })))
  expect(happening).toMatchObject({
    kind: 'echo-sent',
    content: {
      type: 'template',
      text: 'Guten Tag Ada!',
      template: { name: 'gruss', language: 'de', params: ['Ada'] },
    },
  })
})

test('a changed user id is understood although the old one only stands in the text', () => {
  const system = {
    type: 'user_changed_user_id',
    body: 'User Ayşe Kaya changed from DE.1 to DE.2',
    user_id: 'DE.2',
  }
  const value = body(
    change('messages', { messages: [{ id: 'wamid.S', timestamp: '1', type: 'system', system }] }),
  )
  expect(happeningIn(value)).toMatchObject({ kind: 'user-id-changed', from: 'DE.1', to: 'DE.2' })
})

test('times come as text or number, in seconds; nonsense is no time', () => {
  const at = (timestamp: unknown) =>
    happeningIn(inbound(doerte, text('x'), { timestamp })) as { atMs?: number }
  expect(at('1795422240').atMs).toBe(1795422240000)
  expect(at(1795422240).atMs).toBe(1795422240000)
  expect(at('1795422240123').atMs).toBe(1795422240123)
  for (const nonsense of ['yesterday', -5, '', {}, null, 1e300]) {
    expect(at(nonsense).atMs).toBeUndefined()
  }
})

test('a failure keeps what WhatsApp said about it', () => {
  const value = statuses(status('wamid.F', 'failed', failure(131047, 'Re-engagement message')))
  expect(happeningIn(value)).toMatchObject({
    status: 'failed',
    error: {
      code: 131047,
      title: 'Re-engagement message',
      details: 'Details of 131047',
      href: expect.stringContaining('error-codes') as unknown,
    },
  })
})

test('text that no database takes is made storable', () => {
  const { text: stored } = contentIn(inbound(doerte, text('a\u0000b\ud800c')))
  expect(stored).toBe('ab\ufffdc')
})

test('every member of a batch is one part with its place', () => {
  const value = {
    entry: [
      ...(body(
        change('messages', {
          contacts: [contact(doerte), contact(ayse)],
          messages: [message(doerte, text('1')), message(ayse, text('2'))],
          statuses: [status('wamid.X', 'sent')],
          errors: [{ code: 130429, title: 'Rate limit hit' }],
        }),
        change('a_field_of_the_future', { anything: [1] }),
      )['entry'] as unknown[]),
      { id: '1', changes: [] },
      'nonsense',
    ],
  }
  expect(translate(value).map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'entry.0.changes.0.messages.0 message-received',
    'entry.0.changes.0.messages.1 message-received',
    'entry.0.changes.0.statuses.0 status-changed',
    'entry.0.changes.0.errors.0 error',
    'entry.0.changes.1 a_field_of_the_future',
    'entry.1 entry',
    'entry.2 entry',
  ])
})

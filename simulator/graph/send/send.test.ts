import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { aDesk } from '../../testing/desk.ts'

const body = { text: 'Passt das?' }
const link = 'https://cdn.example/a.jpg'
const reply = (id: string, title = id) => ({ type: 'reply', reply: { id, title } })
const card = (index: number, more: JsonObject = {}) => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'image', image: { link } },
  body: { text: 'Pumpe' },
  action: { name: 'cta_url', parameters: { display_text: 'Ansehen', url: 'https://a.example' } },
  ...more,
})
const flow = (more: JsonObject) => ({
  type: 'flow',
  body,
  action: {
    name: 'flow',
    parameters: { flow_message_version: '3', flow_id: '7', flow_cta: 'Öffnen', ...more },
  },
})
const list = (sections: JsonObject[]) => ({
  type: 'list',
  body,
  action: { button: 'Wählen', sections },
})
const row = (id: string) => ({ id, title: id })

test.each<[string, number, JsonObject]>([
  ['a kind nobody knows', 131009, { type: 'poll', body, action: {} }],
  ['no action', 131008, { type: 'button', body }],
  ['no body', 131008, { type: 'button', action: { buttons: [reply('a')] } }],
  [
    'a body that is too long',
    131009,
    { type: 'button', body: { text: 'x'.repeat(1025) }, action: { buttons: [reply('a')] } },
  ],
  [
    'two buttons of one title',
    131009,
    { type: 'button', body, action: { buttons: [reply('a', 'x'), reply('b', 'x')] } },
  ],
  [
    'two buttons of one id',
    131009,
    { type: 'button', body, action: { buttons: [reply('a', 'x'), reply('a', 'y')] } },
  ],
  [
    'a button title that is too long',
    131009,
    { type: 'button', body, action: { buttons: [reply('a', 'x'.repeat(21))] } },
  ],
  [
    'a footer that is too long',
    131009,
    { type: 'button', body, footer: { text: 'x'.repeat(61) }, action: { buttons: [reply('a')] } },
  ],
  [
    'a header file nobody uploaded',
    131009,
    {
      type: 'button',
      body,
      header: { type: 'image', image: { id: '1' } },
      action: { buttons: [reply('a')] },
    },
  ],
  [
    'eleven rows',
    131009,
    list([{ title: 'A', rows: Array.from({ length: 11 }, (_, at) => row(`${at}`)) }]),
  ],
  ['two sections without titles', 131008, list([{ rows: [row('a')] }, { rows: [row('b')] }])],
  ['a row twice', 131009, list([{ title: 'A', rows: [row('a'), row('a')] }])],
  [
    'a picture above a list',
    131009,
    { ...list([{ rows: [row('a')] }]), header: { type: 'image', image: { link } } },
  ],
  [
    'a link that is none',
    131009,
    {
      type: 'cta_url',
      body,
      action: { name: 'cta_url', parameters: { display_text: 'x', url: 'x' } },
    },
  ],
  [
    'a place asked for by the wrong name',
    131009,
    { type: 'location_request_message', body, action: { name: 'location' } },
  ],
  [
    'a header above a place request',
    131009,
    {
      type: 'location_request_message',
      body,
      header: { type: 'text', text: 'x' },
      action: { name: 'send_location' },
    },
  ],
  ['a flow of another version', 131009, flow({ flow_message_version: '2' })],
  ['a flow without its id', 131008, flow({ flow_id: undefined })],
  ['a flow with two names', 131009, flow({ flow_name: 'a' })],
  ['a flow button with emoji', 131009, flow({ flow_cta: 'Los 👋' })],
  ['a flow of no known mode', 100, flow({ mode: 'secret' })],
  ['a flow that goes nowhere', 131008, flow({ flow_action_payload: {} })],
  [
    'a product without its catalogue',
    131008,
    { type: 'product', action: { product_retailer_id: 'P' } },
  ],
  [
    'products without a header',
    131008,
    {
      type: 'product_list',
      body,
      action: {
        catalog_id: '5',
        sections: [{ title: 'A', product_items: [{ product_retailer_id: 'P' }] }],
      },
    },
  ],
  [
    'thirty-one products',
    131009,
    {
      type: 'product_list',
      body,
      header: { type: 'text', text: 'x' },
      action: {
        catalog_id: '5',
        sections: [
          {
            title: 'A',
            product_items: Array.from({ length: 31 }, () => ({ product_retailer_id: 'P' })),
          },
        ],
      },
    },
  ],
  [
    'a catalogue by the wrong name',
    131009,
    { type: 'catalog_message', body, action: { name: 'shop' } },
  ],
  ['one card alone', 131009, { type: 'carousel', body, action: { cards: [card(0)] } }],
  ['cards out of count', 131009, { type: 'carousel', body, action: { cards: [card(0), card(2)] } }],
  [
    'cards that differ',
    131009,
    {
      type: 'carousel',
      body,
      action: { cards: [card(0), card(1, { header: { type: 'video', video: { link } } })] },
    },
  ],
  [
    'a card with three line breaks',
    131009,
    {
      type: 'carousel',
      body,
      action: { cards: [card(0), card(1, { body: { text: 'a\nb\nc\nd' } })] },
    },
  ],
  [
    'a footer under a carousel',
    131009,
    { type: 'carousel', body, footer: { text: 'x' }, action: { cards: [card(0), card(1)] } },
  ],
  [
    'an address in Germany',
    131009,
    {
      type: 'address_message',
      body,
      action: { name: 'address_message', parameters: { country: 'DE' } },
    },
  ],
  [
    'a call request while calling is off',
    138000,
    { type: 'call_permission_request', body, action: { name: 'call_permission_request' } },
  ],
  [
    'a call button while calling is off',
    138000,
    { type: 'voice_call', body, action: { name: 'voice_call' } },
  ],
])('%s is refused with %i', async (_, code, interactive) => {
  await using desk = await aDesk()
  const { body: answer } = await desk.graph(`/v25.0/${desk.numberId}/messages`, {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    type: 'interactive',
    interactive,
  })
  expect(answer.error?.code).toBe(code)
  expect((await desk.control('/accepted')).body.items).toEqual([])
})

test.each<[string, number, JsonObject]>([
  ['a birthday that is none', 131009, { birthday: '31.1.1990' }],
  ['phones that are no list', 100, { phones: 'x' }],
  ['an e-mail address that is a list', 100, { emails: [{ email: [] }] }],
])('a card with %s is refused with %i', async (_, code, more) => {
  await using desk = await aDesk()
  const name = { formatted_name: 'Max M', first_name: 'Max' }
  const { body: answer } = await desk.graph(`/v25.0/${desk.numberId}/messages`, {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    type: 'contacts',
    contacts: [{ name, ...more }],
  })
  expect(answer.error?.code).toBe(code)
})

test('while it is restricted, an account writes no templates, or no answers', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const restrict = (type: string) =>
    desk.control('/account', { restriction: { type, expiresInMs: 60_000 } }, 'PATCH')
  const template = () =>
    desk.graph(`/${desk.numberId}/messages`, {
      messaging_product: 'whatsapp',
      to: '+4915123456789',
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    })
  await restrict('RESTRICTED_BIZ_INITIATED_MESSAGING')
  expect((await template()).body.error.code).toBe(368)
  expect((await desk.text('+4915123456789', 'x')).status).toBe(200)
  await restrict('RESTRICTED_CUSTOMER_INITIATED_MESSAGING')
  expect((await desk.text('+4915123456789', 'x')).body.error.code).toBe(368)
  await desk.control('/clock', { advanceMs: 60_000 })
  expect((await desk.text('+4915123456789', 'x')).status).toBe(200)
  expect((await template()).status).toBe(200)
})

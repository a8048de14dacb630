import { expect, test } from 'vitest'
import { objectAt, type JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'

const until = { timeout: 5000, interval: 5 }
const phone = '+4915123456789'
const body = { text: 'Bitte wählen' }

/** Somebody who gets that message, with the window open. */
async function reached(interactive: JsonObject, wish: JsonObject = {}) {
  const desk = await aDesk()
  const { id, userId } = await desk.person({ name: 'Ada', phone, ...wish })
  const to = { messaging_product: 'whatsapp', to: phone, type: 'interactive' }
  const sent = await desk.graph(`/v25.0/${desk.numberId}/messages`, { ...to, interactive })
  expect(sent.body.error).toBeUndefined()
  await expect.poll(async () => (await arrived(desk, id)).length, until).toBe(1)
  return { desk, id, userId, wamid: String(sent.body.messages[0].id) }
}

async function arrived(desk: Desk, id: string): Promise<JsonObject[]> {
  return (await desk.control(`/customers/${id}/messages`)).body.items as JsonObject[]
}

const answer = (desk: Desk, id: string, wish: JsonObject = {}) =>
  desk.control(`/customers/${id}/answer`, wish)
const said = (desk: Desk) => expect.poll(() => desk.sink.messages().at(-1), until)

const buttons = ['Ja', 'Nein'].map((title) => ({
  type: 'reply',
  reply: { id: `id-${title}`, title },
}))
const rows = [
  { id: 'status', title: 'Status', description: 'Wo ist es?' },
  { id: 'human', title: 'Mitarbeiter' },
]
const flow = {
  name: 'flow',
  parameters: { flow_message_version: '3', flow_id: '7', flow_cta: 'Los', flow_token: 't1' },
}
const cards = ['Eins', 'Zwei'].map((title, index) => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'image', image: { link: 'https://nordwerk.example/bild.jpg' } },
  body: { text: 'Pumpe' },
  action: { buttons: [{ type: 'quick_reply', quick_reply: { id: title.toLowerCase(), title } }] },
}))

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  [
    'a button',
    { type: 'button', body, action: { buttons } },
    { choice: 'Nein' },
    { interactive: { type: 'button_reply', button_reply: { id: 'id-Nein', title: 'Nein' } } },
  ],
  [
    'a row',
    { type: 'list', body, action: { button: 'Thema', sections: [{ title: 'A', rows }] } },
    { choice: 0 },
    { interactive: { type: 'list_reply', list_reply: rows[0] } },
  ],
  [
    'a form',
    { type: 'flow', body, action: flow },
    { values: { rating: '5' } },
    {
      interactive: {
        nfm_reply: {
          name: 'flow',
          body: 'Sent',
          response_json: '{"flow_token":"t1","rating":"5"}',
        },
      },
    },
  ],
  [
    'a place',
    { type: 'location_request_message', body, action: { name: 'send_location' } },
    { values: { name: 'Alster' } },
    { type: 'location', location: { latitude: 53.5459, name: 'Alster' } },
  ],
  [
    'their own phone',
    { type: 'contact_request', body, action: { name: 'request_contact_info' } },
    {},
    { type: 'contacts', contacts: [{ origin: 'contact_request', phones: [{ phone }] }] },
  ],
  [
    'a card’s button',
    { type: 'carousel', body, action: { cards } },
    { choice: 'Zwei' },
    { interactive: { type: 'button_reply', button_reply: { id: 'zwei', title: 'Zwei' } } },
  ],
  [
    'an order',
    { type: 'product', body, action: { catalog_id: '5501', product_retailer_id: 'SKU1' } },
    { values: { quantity: 2 } },
    {
      order: { catalog_id: '5501', product_items: [{ product_retailer_id: 'SKU1', quantity: 2 }] },
    },
  ],
])('%s is answered with, quoting what was asked', async (_, interactive, wish, expected) => {
  const { desk, id, wamid } = await reached(interactive)
  expect((await answer(desk, id, wish)).status).toBe(201)
  await said(desk).toMatchObject({ context: { id: wamid, from: '494030068810' }, ...expected })
  await desk[Symbol.asyncDispose]()
})

test('what a message does not offer cannot be chosen', async () => {
  const { desk, id } = await reached({ type: 'button', body, action: { buttons } })
  expect((await answer(desk, id, { choice: 'Vielleicht' })).status).toBe(400)
  expect((await answer(desk, id, { wamid: 'wamid.NONE' })).status).toBe(400)
  await desk[Symbol.asyncDispose]()
})

test('a call rings and ends, and opens the window', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { body: ada } = await desk.control('/customers', { name: 'Ada', username: 'ada', phone })
  await desk.control(`/customers/${ada.id}/call`, { seconds: 60, isTaken: true })
  await desk.text(phone, 'Sie hatten angerufen?')
  await desk.control('/clock', { advanceMs: 61_000 })
  const calls = desk.sink.values('calls').map(({ calls }) => (calls as JsonObject[])[0])
  expect(calls).toMatchObject([
    { event: 'connect', direction: 'USER_INITIATED', from_user_id: ada.userId },
    { event: 'terminate', status: 'COMPLETED', duration: 60 },
  ])
  expect(calls[0]?.id).toBe(calls[1]?.id)
  expect(desk.sink.statuses().at(-1)).toMatchObject({ status: 'delivered' })
})

test('while another app has the thread we get copies and may send templates only', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person({ name: 'Ada', phone })
  await desk.control(`/customers/${id}/handover`, { to: 'another', role: 'ai_agent' })
  await desk.control(`/customers/${id}/messages`, { type: 'text', text: { body: 'an wen?' } })
  await desk.control(`/customers/${id}/echo`, { type: 'text', text: { body: 'an mich' } })
  await expect.poll(() => desk.sink.values('standby').length, until).toBe(2)
  expect(desk.sink.values('messaging_handovers')).toMatchObject([
    { type: 'control_passed', control_passed: { new_owner_role: 'ai_agent' } },
  ])
  expect(desk.sink.values('standby')).toMatchObject([
    { standby: { messages: [{ from: '4915123456789', text: { body: 'an wen?' } }] } },
    { standby: { message_echoes: [{ message: { text: { body: 'an mich' } } }] } },
  ])
  expect(desk.sink.messages()).toHaveLength(1)
  expect((await desk.text(phone, 'x')).status).toBe(403)
  await desk.control(`/customers/${id}/handover`, { to: 'us', isTaken: true })
  expect((await desk.text(phone, 'x')).status).toBe(200)
})

test('what is written in the phone’s own app comes as an echo', async () => {
  await using desk = await aDesk()
  const { id, userId } = await desk.person({ name: 'Ada', phone })
  await desk.control(`/customers/${id}/echo`, { type: 'text', text: { body: 'vom Handy' } })
  await expect
    .poll(() => desk.sink.values('smb_message_echoes'), until)
    .toMatchObject([
      {
        message_echoes: [
          { from: '494030068810', to: '4915123456789', to_user_id: userId, type: 'text' },
        ],
      },
    ])
})

test('a new identity is told, and the old one refused', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person({ name: 'Ada', phone })
  await desk.control(`/customers/${id}/change-identity`, undefined, 'POST')
  await said(desk).toMatchObject({
    type: 'system',
    system: { type: 'customer_identity_changed', identity: { hash: expect.any(String) as string } },
  })
  await desk.graph(`/v25.0/${desk.numberId}/settings`, {
    user_identity_change: { enable_identity_key_check: true },
  })
  const { hash } = objectAt(desk.sink.messages().at(-1)?.system, 'identity')
  await desk.text(phone, 'x', { recipient_identity_key_hash: 'old' })
  await desk.text(phone, 'x', { recipient_identity_key_hash: hash })
  const failed = () => desk.sink.statuses().filter(({ status }) => status === 'failed')
  await expect.poll(() => desk.sink.statuses().length, until).toBe(3)
  expect(failed()).toMatchObject([{ errors: [{ code: 137000 }] }])
  await desk.control(`/customers/${id}/messages`, { type: 'text', text: { body: 'ich' } })
  await expect
    .poll(() => desk.sink.values('messages').at(-1), until)
    .toMatchObject({ contacts: [{ identity_key_hash: hash }] })
})

const hidden = { name: 'Lena', username: 'lena.hh' }
test.each<[string, JsonObject]>([
  ['a reaction', { type: 'reaction', reaction: { message_id: 'wamid.OUT1', emoji: '👍' } }],
  ['a reaction taken back', { type: 'reaction', reaction: { message_id: 'wamid.OUT1' } }],
  [
    'an edit',
    {
      type: 'edit',
      edit: {
        original_message_id: 'wamid.AAA2',
        message: { type: 'text', text: { body: 'Ja, bitte morgen' } },
      },
    },
  ],
  ['a deletion', { type: 'revoke', revoke: { original_message_id: 'wamid.AAA2' } }],
  [
    'what cannot be shown',
    {
      type: 'unsupported',
      errors: [{ code: 131051, title: 'Message type unknown', message: 'Message type unknown' }],
      unsupported: { type: 'poll' },
    },
  ],
  ['a first look into the chat', { type: 'request_welcome' }],
  [
    'a shared contact',
    {
      type: 'contacts',
      contacts: [
        { origin: 'other', name: { formatted_name: 'Max M' }, phones: [{ phone: '+49' }] },
      ],
    },
  ],
])('%s comes as it was given, with the names that may be shown', async (_, message) => {
  await using desk = await aDesk()
  const { body: lena } = await desk.control('/customers', hidden)
  await desk.control(`/customers/${lena.id}/messages`, message)
  await said(desk).toMatchObject({ ...message, from_user_id: lena.userId })
  const [value] = desk.sink.values('messages')
  expect(value).toMatchObject({
    contacts: [{ user_id: lena.userId, profile: { username: '@lena.hh' } }],
  })
  expect(JSON.stringify(value)).not.toMatch(/wa_id|"from":/)
})

test('only what a person writes anew opens the window', async () => {
  for (const [message, isOpen] of [
    [{ type: 'text', text: { body: 'Hallo!' } }, true],
    [{ type: 'button', button: { payload: 'x', text: 'Ja' } }, true],
    [{ type: 'request_welcome' }, false],
    [{ type: 'revoke', revoke: { original_message_id: 'wamid.A' } }, false],
    [{ type: 'edit', edit: { original_message_id: 'wamid.A', message: {} } }, false],
  ] as const) {
    await using desk = await aDesk()
    const { body: ada } = await desk.control('/customers', { name: 'Ada', phone })
    await desk.control(`/customers/${ada.id}/messages`, message)
    await desk.text(phone, 'x')
    await expect.poll(() => desk.sink.statuses()[0]?.status, until).toBe(isOpen ? 'sent' : 'failed')
  }
})

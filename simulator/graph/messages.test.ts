import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'

const until = { timeout: 5000, interval: 5 }
const ada = { name: 'Ada', phone: '+49 151 23456789' }

const send = (desk: Desk, message: JsonObject) =>
  desk.graph(`/v25.0/${desk.numberId}/messages`, {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    ...message,
  })

test('a text is accepted, and goes sent, delivered, read with the callback data it was given', async () => {
  await using desk = await aDesk()
  const { userId } = await desk.person({ ...ada, reads: true })
  const { status, body, headers } = await desk.text('+49 (151) 2345-6789', 'Guten Tag', {
    biz_opaque_callback_data: 'ticket-77',
  })

  expect(status).toBe(200)
  expect(body.contacts).toEqual([{ input: '+49 (151) 2345-6789', wa_id: '4915123456789' }])
  expect(headers.get('facebook-api-version')).toBe('v25.0')
  expect(headers.get('x-fb-trace-id')).toBeTruthy()
  await expect
    .poll(() => desk.sink.statuses().map((one) => one.status), until)
    .toEqual(['sent', 'delivered', 'read'])
  const [sent, delivered, read] = desk.sink.statuses()
  expect(sent).toMatchObject({
    id: body.messages[0].id,
    recipient_id: '4915123456789',
    recipient_user_id: userId,
    biz_opaque_callback_data: 'ticket-77',
    pricing: {
      billable: false,
      pricing_model: 'PMP',
      type: 'free_customer_service',
      category: 'service',
    },
  })
  expect(sent).not.toHaveProperty('conversation')
  expect(delivered).toHaveProperty('pricing')
  expect(read).not.toHaveProperty('pricing')
})

test('a person without read receipts only ever gets it delivered', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person(ada)
  await desk.text('+4915123456789', 'Guten Tag')
  await desk.control('/clock', { advanceMs: 60_000 })
  expect(desk.sink.statuses().map((one) => one.status)).toEqual(['sent', 'delivered'])
})

test.each<[string, number, JsonObject]>([
  ['no messaging_product', 100, { messaging_product: undefined }],
  ['no recipient', 131008, { to: undefined, text: { body: 'x' } }],
  ['a recipient that is no phone', 131009, { to: 'Ada', text: { body: 'x' } }],
  ['our own number', 131021, { to: '+49 40 3006 8810', text: { body: 'x' } }],
  ['a type that does not exist', 131051, { type: 'poll', poll: {} }],
  ['a text without body', 131008, { type: 'text', text: {} }],
  ['no text at all', 131008, { type: 'text' }],
  ['a text that is too long', 131009, { type: 'text', text: { body: 'x'.repeat(4097) } }],
  ['a text that is a number of things', 100, { type: 'text', text: ['x'] }],
  ['a NUL character', 100, { type: 'text', text: { body: 'a\0b' } }],
  [
    'callback data that is too long',
    131009,
    { text: { body: 'x' }, biz_opaque_callback_data: 'x'.repeat(513) },
  ],
  ['a picture without file', 131008, { type: 'image', image: { caption: 'x' } }],
  ['a picture nobody uploaded', 131009, { type: 'image', image: { id: '12345' } }],
  ['a link that is none', 131009, { type: 'video', video: { link: 'ftp://x' } }],
  ['a place off the map', 131009, { type: 'location', location: { latitude: 91, longitude: 0 } }],
  [
    'a reaction in a quote',
    131009,
    { type: 'reaction', reaction: { message_id: 'w', emoji: '👍' }, context: { message_id: 'w' } },
  ],
  [
    'a reaction that is a word',
    131009,
    { type: 'reaction', reaction: { message_id: 'w', emoji: 'ja' } },
  ],
  [
    'four buttons',
    131009,
    {
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'x' }, action: { buttons: [1, 2, 3, 4] } },
    },
  ],
  ['a card without name', 131008, { type: 'contacts', contacts: [{ phones: [] }] }],
  ['a group', 131041, { recipient_type: 'group', text: { body: 'x' } }],
])('%s is refused with %i, and nothing is accepted', async (_, code, message) => {
  await using desk = await aDesk()
  const { status, body } = await send(desk, message)
  expect(status).toBe(400)
  expect(body.error).toMatchObject({
    code,
    type: 'OAuthException',
    fbtrace_id: expect.any(String) as string,
  })
  expect((await desk.control('/accepted')).body.items).toEqual([])
})

test('every kind of message arrives on the phone as it was sent', async () => {
  await using desk = await aDesk()
  const { id, wamid } = await desk.person(ada)
  const button = { type: 'reply', reply: { id: 'yes', title: 'Ja' } }
  const kinds: JsonObject[] = [
    { type: 'text', text: { body: 'Hallo' }, context: { message_id: wamid } },
    { type: 'image', image: { link: 'https://cdn.example/p.jpg', caption: 'Foto' } },
    { type: 'location', location: { latitude: '53.55', longitude: 9.99, name: 'Hamburg' } },
    { type: 'contacts', contacts: [{ name: { formatted_name: 'Max M', first_name: 'Max' } }] },
    {
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'Passt das?' }, action: { buttons: [button] } },
    },
    { type: 'reaction', reaction: { message_id: wamid, emoji: '❤️' } },
  ]
  for (const message of kinds) expect((await send(desk, message)).status).toBe(200)

  const phone = async () =>
    (await desk.control(`/customers/${id}/messages`)).body.items as JsonObject[]
  await expect.poll(async () => (await phone()).length, until).toBe(kinds.length)
  for (const [index, item] of (await phone()).entries()) expect(item).toMatchObject(kinds[index]!)
  await expect.poll(() => desk.sink.statuses().length, until).toBe(2 * kinds.length - 1) // a reaction is only ever sent
})

test('without a country the sender’s is meant', async () => {
  await using desk = await aDesk()
  expect(
    (await send(desk, { to: '0151 23456789', text: { body: 'x' } })).body.contacts[0].wa_id,
  ).toBe('4915123456789')
  expect(
    (await send(desk, { to: '4915123456789', text: { body: 'x' } })).body.contacts[0].wa_id,
  ).toBe('4915123456789')
})

test('outside the 24 hours a text fails afterwards, or at once where that is wished; a template passes', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person(ada)
  await desk.control('/clock', { advanceMs: 24 * 3_600_000 })
  expect((await send(desk, { text: { body: 'zu spät' } })).status).toBe(200)
  await desk.control('/clock', { advanceMs: 1000 })
  const failed = desk.sink.statuses()[0]!
  expect(failed).toMatchObject({
    status: 'failed',
    recipient_id: '4915123456789',
    errors: [{ code: 131047 }],
  })
  expect(failed).not.toHaveProperty('recipient_user_id')
  expect(desk.sink.values('messages').at(-1)).not.toHaveProperty('contacts')

  await desk.control('/account', { closedWindow: 'sync' }, 'PATCH')
  expect((await send(desk, { text: { body: 'zu spät' } })).body.error.code).toBe(131047)
  const hello = { name: 'hello_world', language: { code: 'en_US' } }
  expect(
    (await send(desk, { type: 'template', template: hello })).body.messages[0].message_status,
  ).toBe('accepted')
})

test('nobody without WhatsApp is reached, and who blocks us leaves it at sent', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await send(desk, { to: '+4915100000000', text: { body: 'x' } })
  await desk.control('/clock', { advanceMs: 1000 })
  expect(desk.sink.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }])

  const { id } = await desk.person(ada)
  await desk.control(`/customers/${id}/block`, {})
  await send(desk, { text: { body: 'x' } })
  await desk.control('/clock', { advanceMs: 60_000 })
  expect(
    desk.sink
      .statuses()
      .slice(1)
      .map((one) => one.status),
  ).toEqual(['sent'])
})

test('a read receipt marks that message and the earlier ones, and may show typing', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { id, wamid } = await desk.person(ada)
  await desk.control('/clock', { advanceMs: 2000 })
  const later = await desk.control(`/customers/${id}/messages`, {
    type: 'text',
    text: { body: 'Noch da?' },
  })
  const receipt = {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: wamid,
    typing_indicator: { type: 'text' },
  }
  const path = `/${desk.numberId}/messages`

  expect((await desk.graph(path, receipt)).body).toEqual({ success: true })
  const { wrote } = (await desk.control(`/customers/${id}`)).body as { wrote: JsonObject[] }
  expect(wrote.map((one) => one.readAt !== undefined)).toEqual([true, false])
  expect((await desk.graph(path, { ...receipt, message_id: later.body.wamid })).status).toBe(200)
  expect(
    (await desk.graph(path, { ...receipt, message_id: 'wamid.unknown' })).body.error.code,
  ).toBe(131009)
  expect((await desk.control('/accepted')).body.items).toEqual([])
})

test('a link to this machine is fetched; where nothing is, the message fails', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await send(desk, { type: 'image', image: { link: `${desk.url}/nothing.png` } })
  await expect
    .poll(() => desk.sink.statuses(), until)
    .toMatchObject([{ status: 'failed', errors: [{ code: 131053 }] }])
})

test('without a payment method messages are accepted and then fail', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await desk.control('/account', { payment: false }, 'PATCH')
  await send(desk, { text: { body: 'x' } })
  await expect
    .poll(() => desk.sink.statuses(), until)
    .toMatchObject([{ status: 'failed', errors: [{ code: 131042 }] }])
})

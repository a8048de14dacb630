import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'

const until = { timeout: 5000, interval: 5 }
const hello = { type: 'text', text: { body: 'Hallo!' } }
const valuesWith = (desk: Desk, part: string) =>
  desk.sink.values('messages').filter((value) => part in value)

test('somebody without a username shows phone and user id', async () => {
  await using desk = await aDesk()
  const { userId } = await desk.person({ name: 'Ada', phone: '+49 151 23456789' })
  await expect.poll(() => desk.sink.heard.length, until).toBe(1)
  const [value] = desk.sink.values('messages')
  expect(value).toMatchObject({
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '494030068810', phone_number_id: desk.numberId },
    contacts: [{ profile: { name: 'Ada' }, wa_id: '4915123456789', user_id: userId }],
    messages: [
      { from: '4915123456789', from_user_id: userId, type: 'text', text: { body: 'Hallo!' } },
    ],
  })
  expect(JSON.stringify(value)).not.toMatch(/username|parent/)
})

test('somebody known by a username shows no phone, and is reached by user id', async () => {
  await using desk = await aDesk()
  const { userId } = await desk.person({
    name: 'Lena',
    username: '@lena.hh',
    locale: 'de_DE',
    reads: true,
  })
  expect(userId).toMatch(/^DE\.\w+$/)
  const { body } = await desk.text(userId, 'Guten Tag')
  expect(body.contacts).toEqual([{ input: userId, user_id: userId }])
  await expect.poll(() => desk.sink.statuses().length, until).toBe(3)

  const [written] = valuesWith(desk, 'messages')
  expect(written).toMatchObject({
    contacts: [{ profile: { username: '@lena.hh' }, user_id: userId }],
  })
  for (const value of desk.sink.values('messages'))
    expect(JSON.stringify(value)).not.toMatch(/wa_id|recipient_id|"from":/)
  const [sent, delivered] = valuesWith(desk, 'statuses')
  expect(JSON.stringify(sent)).not.toContain('username')
  expect(JSON.stringify(delivered)).toContain('@lena.hh')
  expect(desk.sink.statuses()[0]).toMatchObject({ recipient_user_id: userId })
})

test('writing to the phone of somebody with a username teaches the firm the phone', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person({
    name: 'Priya',
    username: 'priya.r',
    phone: '+4915100000001',
    phoneKnown: false,
  })
  await expect.poll(() => desk.sink.heard.length, until).toBe(1)
  expect(desk.sink.messages()[0]).not.toHaveProperty('from')
  await desk.text('+4915100000001', 'Guten Tag')
  await desk.control(`/customers/${id}/messages`, hello)
  await expect
    .poll(() => desk.sink.messages().at(-1), until)
    .toMatchObject({ from: '4915100000001' })
})

test('parent user ids come along where they are switched on', async () => {
  await using desk = await aDesk()
  await desk.control('/account', { hasParentUserIds: true }, 'PATCH')
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await expect
    .poll(() => desk.sink.messages(), until)
    .toMatchObject([{ from_parent_user_id: expect.stringMatching(/^DE\.ENT\./) as string }])
})

test('a person answers once per line, one line for each message, then no more', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789', repliesWith: ['eins', 'zwei'] })
  for (const text of ['a', 'b', 'c']) await desk.text('+4915123456789', text)
  await expect
    .poll(() => desk.sink.messages().map(({ text }) => text?.body), until)
    .toEqual(['Hallo!', 'eins', 'zwei'])
  await expect.poll(() => desk.sink.statuses().length, until).toBe(6)
  expect(desk.sink.messages()).toHaveLength(3)
})

test('a single answer is given every time', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789', repliesWith: 'Danke' })
  for (const text of ['a', 'b']) await desk.text('+4915123456789', text)
  await expect
    .poll(() => desk.sink.messages().map(({ text }) => text?.body), until)
    .toEqual(['Hallo!', 'Danke', 'Danke'])
})

test('pictures and documents come with real bytes that can be fetched', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await desk.control(`/customers/${id}/messages`, { type: 'image', image: { caption: 'Schaden' } })
  await desk.control(`/customers/${id}/messages`, { type: 'document', document: {} })
  const own = Buffer.from('eigene Bytes').toString('base64')
  await desk.control(`/customers/${id}/messages`, {
    type: 'audio',
    audio: { base64: own, mime_type: 'audio/mpeg' },
  })
  await expect.poll(() => desk.sink.messages().length, until).toBe(4)

  const [, image, document, audio] = desk.sink.messages() as JsonObject[]
  expect(image).toMatchObject({ image: { caption: 'Schaden', mime_type: 'image/jpeg' } })
  expect(document).toMatchObject({
    document: { filename: 'Anlage.pdf', mime_type: 'application/pdf' },
  })
  expect(JSON.stringify(audio)).not.toContain('base64')
  const headers = { authorization: `Bearer ${desk.account.token}` }
  const { id: mediaId, url } = audio?.audio as { id: string; url: string } // as asserted above by its type
  expect(await (await fetch(url, { headers })).text()).toBe('eigene Bytes')
  expect((await desk.graph(`/${mediaId}`)).body).toMatchObject({
    mime_type: 'audio/mpeg',
    file_size: 12,
  })
})

test('quotes, reactions, ids, times and the other number are taken as given', async () => {
  await using desk = await aDesk()
  const { id, wamid } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const other = desk.account.numbers[1]!.id
  const quote = {
    ...hello,
    context: { id: wamid },
    id: 'wamid.MINE',
    timestamp: '1795333200',
    numberId: other,
  }
  expect((await desk.control(`/customers/${id}/messages`, quote)).body).toEqual({
    wamid: 'wamid.MINE',
  })
  await desk.control(`/customers/${id}/messages`, {
    type: 'reaction',
    reaction: { message_id: wamid, emoji: '👍' },
  })
  await expect.poll(() => desk.sink.messages().length, until).toBe(3)
  expect(desk.sink.messages()[1]).toMatchObject({
    id: 'wamid.MINE',
    timestamp: '1795333200',
    context: { id: wamid, from: '4915123456789' },
  })
  expect(desk.sink.values('messages')[1]).toMatchObject({ metadata: { phone_number_id: other } })
  expect(desk.sink.messages()[2]).toMatchObject({ type: 'reaction', reaction: { emoji: '👍' } })
})

test('opting out and in again is announced', async () => {
  await using desk = await aDesk()
  const { id, userId } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await desk.control(`/customers/${id}/opt-out`, undefined, 'POST')
  await desk.control(`/customers/${id}/opt-in`, undefined, 'POST')
  await expect
    .poll(() => desk.sink.values('user_preferences').map((value) => value.user_preferences), until)
    .toMatchObject([
      [{ wa_id: '4915123456789', user_id: userId, category: 'marketing_messages', value: 'stop' }],
      [{ value: 'resume' }],
    ])
})

test('a new phone brings a new user id, told by a system message and an update', async () => {
  await using desk = await aDesk()
  const { id, userId } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const { body: changed } = await desk.control(`/customers/${id}/change-number`, {
    phone: '+4915199999999',
  })
  await expect
    .poll(() => desk.sink.values('user_id_update'), until)
    .toMatchObject([
      {
        user_id_update: [
          { wa_id: '4915199999999', user_id: { previous: userId, current: changed.userId } },
        ],
      },
    ])
  const value = desk.sink.values('messages').at(-1)
  expect(value).not.toHaveProperty('contacts')
  expect(value).toMatchObject({
    messages: [
      {
        from: '4915123456789',
        type: 'system',
        system: { type: 'user_changed_number', wa_id: '4915199999999' },
      },
    ],
  })
  await desk.text('+4915123456789', 'noch da?')
  await expect
    .poll(() => desk.sink.statuses(), until)
    .toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }])
})

test('a new user id alone is told the same way', async () => {
  await using desk = await aDesk()
  const { id, userId } = await desk.person({ name: 'Lena', username: 'lena.hh' })
  await desk.control(`/customers/${id}/change-user-id`, { userId: 'DE.5566' })
  await expect.poll(() => desk.sink.values('user_id_update').length, until).toBe(1)
  const message = desk.sink.messages().at(-1)
  expect(message).toMatchObject({
    system: {
      type: 'user_changed_user_id',
      user_id: 'DE.5566',
      body: `User Lena changed from ${userId} to DE.5566`,
    },
  })
  expect(message).not.toHaveProperty('from')
})

test('the same person has the same user id in every run of a seed, and another in another', async () => {
  const ids = []
  for (const seed of [1, 1, 2]) {
    await using desk = await aDesk({ seed })
    ids.push((await desk.person({ name: 'Ada', phone: '+4915123456789' })).userId)
  }
  expect(ids[1]).toBe(ids[0])
  expect(ids[2]).not.toBe(ids[0])
})

test.each<[string, string, JsonObject, number]>([
  ['a person without name', '/customers', { phone: '+4915123456789' }, 400],
  ['a phone that is none', '/customers', { name: 'Ada', phone: 'Ada' }, 400],
  ['a phone somebody has', '/customers', { name: 'Eve', phone: '+49 151 11111111' }, 409],
  ['a message without type', '/customers/customer-1/messages', { text: 'x' }, 400],
  ['a text without body', '/customers/customer-1/messages', { type: 'text', text: {} }, 400],
  ['a number that is not ours', '/customers/customer-1/messages', { ...hello, numberId: '1' }, 400],
  ['a message from nobody', '/customers/customer-99/messages', hello, 404],
])('%s is refused', async (_, path, body, status) => {
  await using desk = await aDesk()
  await desk.control('/customers', { name: 'Ada', phone: '+4915111111111' })
  const answer = await desk.control(path, body)
  expect(answer.status).toBe(status)
  expect(answer.body.error).toEqual({
    code: expect.any(String) as string,
    message: expect.any(String) as string,
  })
})

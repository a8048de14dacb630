/** @kapso/whatsapp-cloud-api against the simulator: only its `baseUrl` is set. */
import { GraphApiError, TemplateDefinition, type WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePhoto } from '../../../simulator/media/picture.ts'
import { aDesk, type Desk } from '../../../simulator/testing/desk.ts'
import { uploadedHandle } from '../../../simulator/testing/templates.ts'
import { createRandom } from '../../../simulator/world/random.ts'
import { aReadyDesk, kapsoOf, phone } from './clients.ts'

const until = { timeout: 5000, interval: 5 }
let desk: Desk
let client: WhatsAppClient
let phoneNumberId: string
let ada: { wamid: string }

beforeAll(async () => {
  ;({ desk, ada } = await aReadyDesk())
  client = kapsoOf(desk)
  phoneNumberId = desk.numberId
})
afterAll(() => desk[Symbol.asyncDispose]())

test('it marks as read, shows typing, and throws what the platform refuses', async () => {
  expect(await client.messages.markRead({ phoneNumberId, messageId: ada.wamid })).toEqual({
    success: true,
  })
  const typingIndicator = { type: 'text' as const }
  expect(
    await client.messages.markRead({ phoneNumberId, messageId: ada.wamid, typingIndicator }),
  ).toEqual({ success: true })
  const template = { name: 'nichts', language: { code: 'de' } }
  const refusal = await client.messages
    .sendTemplate({ phoneNumberId, to: phone, template })
    .catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(GraphApiError)
  expect(refusal).toMatchObject({ code: 132001, httpStatus: 404 })
})

test('it uploads, looks up, downloads and deletes a file', async () => {
  const bytes = await makePhoto(createRandom(1))
  const file = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
  const { id } = await client.media.upload({
    phoneNumberId,
    type: 'image',
    file,
    fileName: 'a.jpg',
  })
  expect(await client.media.get({ mediaId: id, phoneNumberId })).toMatchObject({
    id,
    mimeType: 'image/jpeg',
  })
  const loaded = await client.media.download({ mediaId: id, auth: 'always' })
  expect(Buffer.from(loaded as ArrayBuffer)).toEqual(bytes)
  expect(await client.media.delete({ mediaId: id })).toEqual({ success: true })
})

test('it lists, makes, reads and deletes templates', async () => {
  const { accountId: businessAccountId } = desk.account
  const handle = await uploadedHandle(desk)
  const definition = TemplateDefinition.buildTemplateDefinition({
    name: 'lieferung',
    language: 'de',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { headerHandle: [handle] } },
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, Ihre Lieferung kommt morgen.',
        example: { bodyText: [['Ada']] },
      },
      { type: 'FOOTER', text: 'Nordwerk' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'Ansehen', url: 'https://nordwerk.example' },
          { type: 'PHONE_NUMBER', text: 'Anrufen', phoneNumber: '+49401' },
        ],
      },
    ],
  })
  const made = await client.templates.create({ businessAccountId, ...definition })
  expect(made).toMatchObject({ status: 'PENDING', category: 'UTILITY' })
  const templateId = String((made as { id: string }).id) // as Graph answers
  expect(await client.templates.get({ businessAccountId, templateId })).toMatchObject({
    name: 'lieferung',
    language: 'de',
  })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await client.templates.list({
      businessAccountId,
      limit: 4,
      ...(after === undefined ? {} : { after }),
    })
    seen.push(...page.data.map(({ name }) => name))
    after = page.paging.next ? (page.paging.cursors.after ?? undefined) : undefined
  } while (after !== undefined)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toContain('lieferung')
  expect(
    await client.templates.delete({ businessAccountId, name: 'lieferung', language: 'de' }),
  ).toEqual({ success: true })
})

test('it reads and changes a number: settings and profile', async () => {
  const { settings, businessProfile } = client.phoneNumbers
  const calling = { status: 'ENABLED', callIconVisibility: 'DEFAULT' }
  expect(await settings.update({ phoneNumberId, calling })).toEqual({ success: true })
  expect(await settings.get({ phoneNumberId })).toMatchObject({ calling })
  const profile = { about: 'Wir sind da', websites: ['https://nordwerk.example/neu'] }
  expect(await businessProfile.update({ phoneNumberId, ...profile })).toEqual({ success: true })
  expect(await businessProfile.get({ phoneNumberId, fields: 'about,websites' })).toMatchObject({
    data: [profile],
  })
})

test('it proves, registers and deregisters a number', async () => {
  const created = await desk.graph(`/${desk.account.accountId}/phone_numbers`, {
    cc: '49',
    phone_number: '40 3006 8830',
    verified_name: 'Nordwerk Notdienst',
  })
  const fresh = { phoneNumberId: String(created.body.id) }
  const { phoneNumbers } = client
  await expect(phoneNumbers.register({ ...fresh, pin: '123456' })).rejects.toMatchObject({
    code: 133006,
  })
  await phoneNumbers.requestCode({ ...fresh, codeMethod: 'SMS', language: 'de' })
  await expect(phoneNumbers.verifyCode({ ...fresh, code: '1' })).rejects.toThrow(GraphApiError)
  const { body } = await desk.control('/numbers')
  const numbers = body.items as { id: string; verificationCode?: string }[]
  const code = numbers.find(({ id }) => id === fresh.phoneNumberId)?.verificationCode ?? ''
  expect(await phoneNumbers.verifyCode({ ...fresh, code })).toEqual({ success: true })
  const registered = await phoneNumbers.register({
    ...fresh,
    pin: '123456',
    dataLocalizationRegion: 'DE',
  })
  expect(registered).toEqual({ success: true })
  expect(await phoneNumbers.deregister(fresh)).toEqual({ success: true })
  await expect(phoneNumbers.register({ ...fresh, pin: '123456' })).rejects.toMatchObject({
    code: 133015,
  })
})

test('it verifies and reads the webhooks that the desk posts', async () => {
  await using own = await aDesk()
  const bo = await own.person({ name: 'Bo „Ö“ 👋', phone: '+4915100000001', reads: true })
  const inbound = [
    { type: 'image', image: { caption: 'Foto' } },
    { type: 'order', order: { catalog_id: '5', text: 'Bitte liefern', product_items: [] } },
    {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t1"}' },
      },
    },
  ]
  for (const message of inbound) await own.control(`/customers/${bo.id}/messages`, message)
  const sent = await kapsoOf(own).messages.sendText({
    phoneNumberId: own.numberId,
    to: '4915100000001',
    body: 'Hallo',
  })
  await expect.poll(() => own.sink.statuses().length, until).toBe(3)

  const read = own.sink.heard.map(({ raw, headers, body }) => {
    const signatureHeader = headers['x-hub-signature-256']
    if (typeof signatureHeader !== 'string') throw new Error('a webhook came unsigned')
    const { appSecret } = own.account
    expect(verifySignature({ appSecret, rawBody: raw, signatureHeader })).toBe(true)
    expect(verifySignature({ appSecret: 'another', rawBody: raw, signatureHeader })).toBe(false)
    return normalizeWebhook(body)
  })
  const messages = read.flatMap((one) => one.messages)
  expect(read[0]).toMatchObject({
    phoneNumberId: own.numberId,
    contacts: [{ profile: { name: 'Bo „Ö“ 👋' }, userId: bo.userId }],
  })
  expect(messages).toMatchObject([
    { type: 'text', text: { body: 'Hallo!' }, kapso: { direction: 'inbound' } },
    { type: 'image', image: { caption: 'Foto', mimeType: 'image/jpeg' } },
    { type: 'order', kapso: { orderText: 'Bitte liefern' } },
    { type: 'interactive', kapso: { flowToken: 't1' } },
  ])
  const statuses = read.flatMap((one) => one.statuses)
  expect(statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read'])
  expect(statuses[0]).toMatchObject({ id: sent.messages[0]?.id, recipientUserId: bo.userId })
})

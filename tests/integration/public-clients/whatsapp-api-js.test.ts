/** whatsapp-api-js against the simulator: only its `fetch` is changed, to lead to the desk. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WhatsAppAPI } from 'whatsapp-api-js'
import * as say from 'whatsapp-api-js/messages'
import { makePhoto } from '../../../simulator/media/picture.ts'
import { aDesk, type Desk } from '../../../simulator/testing/desk.ts'
import { createRandom } from '../../../simulator/world/random.ts'
import { aReadyDesk, phone, whatsAppApiJsOf } from './clients.ts'

const until = { timeout: 5000, interval: 5 }
let desk: Desk
let client: WhatsAppAPI
let ada: { userId: string; wamid: string }

/** By phone and by user id: the phone counts. */
const toAda = () => ({ phone, bsuid: ada.userId })

beforeAll(async () => {
  ;({ desk, ada } = await aReadyDesk())
  client = whatsAppApiJsOf(desk)
})
afterAll(() => desk[Symbol.asyncDispose]())

test('it writes to a user id, quotes, sends to many, and is told what is wrong', async () => {
  const byId = await client.sendMessage(
    desk.numberId,
    { bsuid: ada.userId },
    new say.Text('Guten Tag'),
    ada.wamid,
  )
  expect(byId).toMatchObject({ contacts: [{ input: ada.userId, user_id: ada.userId }] })
  const sent = client.broadcastMessage(
    desk.numberId,
    [toAda(), { bsuid: ada.userId }],
    new say.Text('An alle'),
    2,
    1,
  )
  for (const one of sent) expect(await one).toHaveProperty('messages')
  const refused = await client.sendMessage(desk.numberId, toAda(), new say.Template('nichts', 'de'))
  expect(refused).toMatchObject({ error: { code: 132001, type: 'OAuthException' } })
})

test('it marks as read, with and without typing', async () => {
  expect(await client.markAsRead(desk.numberId, ada.wamid)).toEqual({ success: true })
  expect(await client.markAsRead(desk.numberId, ada.wamid, 'text')).toEqual({ success: true })
})

test('it uploads, looks up, sends, fetches and deletes a file', async () => {
  const bytes = await makePhoto(createRandom(1))
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'a.jpg')
  const { id } = (await client.uploadMedia(desk.numberId, form)) as { id: string }
  const sent = await client.sendMessage(desk.numberId, toAda(), new say.Image(id, true))
  expect(sent).toHaveProperty('messages')
  const media = await client.retrieveMedia(id, desk.numberId)
  expect(media).toMatchObject({ id, mime_type: 'image/jpeg', file_size: bytes.length })
  const { url } = media as { url: string } // as just asserted
  expect(Buffer.from(await (await client.fetchMedia(url)).arrayBuffer())).toEqual(bytes)
  expect(await client.deleteMedia(id, desk.numberId)).toEqual({ success: true })
  expect(await client.retrieveMedia(id)).toMatchObject({ error: { code: 100 } })
})

test('it makes, reads, changes and deletes a QR code', async () => {
  const made = await client.createQR(desk.numberId, 'Ich brauche Hilfe')
  expect(made).toMatchObject({
    prefilled_message: 'Ich brauche Hilfe',
    deep_link_url: expect.stringContaining('https://wa.me/message/') as string,
  })
  const { code, qr_image_url: image = '' } = made as { code: string; qr_image_url?: string }
  const shown = await fetch(image)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(await client.createQR(desk.numberId, 'Noch eine', 'svg')).toHaveProperty('qr_image_url')
  expect(await client.retrieveQR(desk.numberId)).toMatchObject({ data: { length: 2 } })
  expect(await client.updateQR(desk.numberId, code, 'Doch nicht')).toMatchObject({ code })
  expect(await client.retrieveQR(desk.numberId, code)).toMatchObject({
    data: [{ code, prefilled_message: 'Doch nicht' }],
  })
  expect(await client.deleteQR(desk.numberId, code)).toEqual({ success: true })
  expect(await client.retrieveQR(desk.numberId, code)).toMatchObject({ error: { code: 100 } })
})

test('it blocks and unblocks people', async () => {
  await using own = await aDesk()
  const api = whatsAppApiJsOf(own)
  const { userId } = await own.person({ name: 'Bo', phone: '+4915100000001' })
  const blocked = await api.blockUser(own.numberId, '+4915100000001')
  expect(blocked).toEqual({
    messaging_product: 'whatsapp',
    block_users: { added_users: [{ input: '+4915100000001', wa_id: '4915100000001' }] },
  })
  const refused = await api.sendMessage(own.numberId, { bsuid: userId }, new say.Text('x'))
  expect(refused).toMatchObject({ error: { code: 130403 } })
  expect(await api.unblockUser(own.numberId, { bsuid: userId })).toMatchObject({
    block_users: { removed_users: [{ input: userId, user_id: userId }] },
  })
  expect(await api.blockUser(own.numberId, '+4915100000002')).toMatchObject({
    error: { code: 139100 },
    block_users: { failed_users: [{ errors: [{ code: 131047 }] }] },
  })
})

test('it passes the handshake, and hears signed webhooks as they were meant', async () => {
  await using own = await aDesk()
  const api = whatsAppApiJsOf(own)
  type Heard = { kind: string; from?: string | undefined; what: unknown; name?: string | undefined }
  const heard: Heard[] = []
  api.on.message = ({ contact, message, name }) => {
    heard.push({ kind: message.type, from: contact.user_id, what: message, name })
  }
  api.on.status = ({ status, id, pricing }) => {
    heard.push({ kind: status, from: id, what: pricing })
  }
  const answers: number[] = []
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      try {
        response.end(api.handle_get(request))
      } catch {
        response.writeHead(403).end()
      }
      return
    }
    void api.handle_post(request).then((status) => {
      answers.push(status)
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/` // listening on TCP
  const override = (verify_token: string) =>
    own.graph(`/${own.account.accountId}/subscribed_apps`, {
      override_callback_uri: url,
      verify_token,
    })
  expect((await override('wrong')).body.error.code).toBe(2200)
  expect((await override('let me in')).body).toEqual({ success: true })

  const bo = await own.person({ name: 'Bo „Ö“ 👋', phone: '+4915100000001', reads: true })
  const inbound = [
    { type: 'image', image: { caption: 'Foto' } },
    { type: 'location', location: { latitude: 53.5, longitude: 9.9 } },
    { type: 'reaction', reaction: { message_id: bo.wamid, emoji: '👍' } },
    {
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Ja' } },
    },
    { type: 'button', button: { payload: 'p', text: 'Absagen' } },
    { type: 'order', order: { catalog_id: '5', product_items: [] } },
    { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] },
  ]
  for (const message of inbound) await own.control(`/customers/${bo.id}/messages`, message)
  const sent = await api.sendMessage(
    own.numberId,
    { phone: '4915100000001', bsuid: bo.userId },
    new say.Text('Hallo'),
  )
  const { id } = (sent as { messages: [{ id: string }] }).messages[0] // the window is open

  const kinds = ['text', ...inbound.map(({ type }) => type), 'sent', 'delivered', 'read']
  await expect.poll(() => heard.map(({ kind }) => kind).sort(), until).toEqual([...kinds].sort())
  expect(heard[0]).toMatchObject({
    kind: 'text',
    from: bo.userId,
    name: 'Bo „Ö“ 👋',
    what: { text: { body: 'Hallo!' } },
  })
  expect(heard.find(({ kind }) => kind === 'delivered')).toMatchObject({
    from: id,
    what: { category: 'service' },
  })
  expect(new Set(answers)).toEqual(new Set([200]))
  const secret = own.account.appSecret
  await own.control('/account', { appSecret: `${secret} of another app` }, 'PATCH')
  await own.control(`/customers/${bo.id}/messages`, { type: 'text', text: 'Falsch' })
  await expect.poll(() => answers.includes(401), until).toBe(true)
  await new Promise((resolve) => server.close(resolve).closeAllConnections())
})

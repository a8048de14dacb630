import { expect, test } from 'vitest'
import { aFile } from '../testing/file.ts'
import { realPlatform, senderDesk, type SenderDesk } from '../testing/sender-desk.ts'

const soon = { timeout: 10_000, interval: 20 }
const becomes = (desk: SenderDesk, id: string, status: string) =>
  expect.poll(() => desk.status(id), soon).toBe(status)

test('a reply leaves once, and its ticks come back', async () => {
  const desk = await senderDesk()
  desk.sender()
  const chat = await desk.chat()
  const id = await desk.write(chat, 'Moin')

  await becomes(desk, id, 'accepted')
  await expect.poll(() => desk.sink.values('messages').length, soon).toBeGreaterThanOrEqual(3)
  await desk.applyStatuses()

  const message = await desk.message(id)
  const [accepted, ...more] = await desk.accepted()
  expect(accepted).toMatchObject({ wamid: message.wamid, callbackData: id, type: 'text' })
  expect(more).toEqual([])
  expect(message.status).toBe('delivered')
  expect(await desk.arrived(chat)).toMatchObject([{ text: { body: 'Moin' } }])
  expect(await desk.outbox(id)).toMatchObject({ state: 'accepted', wamid: message.wamid })
})

test('the row and the message say "sending" before WhatsApp is called', async () => {
  const desk = await senderDesk()
  const seen: unknown[] = []
  const client = desk.client()
  desk.sender({
    clientFor: () => ({
      ...client,
      async sendMessage(number, body) {
        const id = String(body.biz_opaque_callback_data)
        seen.push(await desk.status(id), (await desk.outbox(id))?.state)
        return client.sendMessage(number, body)
      },
    }),
  })
  const id = await desk.write(await desk.chat(), 'Moin')
  await becomes(desk, id, 'accepted')
  expect(seen).toEqual(['sending', 'sending'])
})

test('the list row shows how far the newest message is', async () => {
  const desk = await senderDesk()
  desk.sender()
  const chat = await desk.chat()
  const id = await desk.write(chat, 'Moin')
  await becomes(desk, id, 'accepted')
  const { data } = await desk.db
    .selectFrom('conversation')
    .select('data')
    .where('id', '=', chat.conversationId)
    .executeTakeFirstOrThrow()
  expect(data.lastMessage).toMatchObject({ messageId: id, status: 'accepted' })
})

test('a quote, a reaction and a template say what they mean', async () => {
  const desk = await senderDesk()
  const sender = desk.sender()
  const chat = await desk.chat()
  const heard = await desk.hear(chat, { wamid: chat.wamid.replace('wamid.', 'wamid.x') })
  await desk.write(chat, 'Dazu: ja', { replyTo: heard.id })
  const reactionId = realPlatform.newId()
  const first = await desk.db
    .selectFrom('message')
    .select('id')
    .where('wamid', '=', chat.wamid)
    .executeTakeFirstOrThrow()
  await desk.act('message.react', {
    id: reactionId,
    conversationId: chat.conversationId,
    messageId: first.id,
    emoji: '👍',
  })
  const template = { name: 'gibt_es_nicht', language: 'de', params: { a: '1' } }
  const templateId = await desk.queue(chat, { type: 'template', template })
  await sender.idle()

  expect(await desk.status(reactionId)).toBe('accepted')
  await expect.poll(() => desk.arrived(chat), soon).toHaveLength(2)
  const arrived = await desk.arrived(chat)
  expect(arrived.find(({ type }) => type === 'text')).toMatchObject({
    context: { message_id: heard.wamid },
  })
  expect(arrived.find(({ type }) => type === 'reaction')).toMatchObject({
    reaction: { message_id: chat.wamid, emoji: '👍' },
  })
  const refused = await desk.message(templateId)
  expect(refused).toMatchObject({ status: 'failed', error: { code: 132001 } })
})

test('a file WhatsApp will not take fails its message, and nothing leaves', async () => {
  const desk = await senderDesk()
  const error = { code: 131053, title: 'Media upload error' }
  desk.sender({ uploadMedia: async () => ({ kind: 'not-sent', effect: 'refuse', error }) })
  const media = await aFile(desk, 'image/png')
  const id = await desk.write(await desk.chat(), '', { body: { type: 'image', media } })
  await becomes(desk, id, 'failed')
  expect((await desk.message(id)).error).toEqual(error)
  expect(await desk.accepted()).toEqual([])
})

test('what an unknown upload leaves behind is tried again', async () => {
  const desk = await senderDesk()
  let tries = 0
  desk.sender({
    uploadMedia: async (client, number) => {
      tries += 1
      if (tries === 1) return { kind: 'unknown', error: { code: 'lost', title: 'Lost' } }
      const bytes = new Blob(['%PDF-1.4'])
      return client.uploadMedia(number.phoneNumberId, {
        bytes,
        mime: 'application/pdf',
        fileName: 'a.pdf',
      })
    },
  })
  const media = await aFile(desk, 'application/pdf')
  const id = await desk.write(await desk.chat(), '', { body: { type: 'document', media } })
  await becomes(desk, id, 'accepted')
  expect(tries).toBe(2)
  expect(await desk.accepted()).toMatchObject([{ callbackData: id, type: 'document' }])
})

test('a wamid that another message has is noted, and the message still counts as accepted', async () => {
  const desk = await senderDesk()
  desk.sender()
  const chat = await desk.chat()
  await desk.control('/next-wamid', { wamid: chat.wamid })
  const id = await desk.write(chat, 'Moin')
  await becomes(desk, id, 'accepted')
  expect((await desk.message(id)).wamid).toBeUndefined()
  expect((await desk.outbox(id))?.wamid).toBe(chat.wamid)
})

test('one call whose end cannot be written down does not keep others from it', async () => {
  const desk = await senderDesk()
  let letGo: () => void = () => undefined
  const both = new Promise<void>((resolve) => (letGo = resolve))
  let calls = 0
  const client = desk.client()
  const same = { kind: 'sent' as const, wamid: 'wamid.the-same-for-both' }
  const sendMessage = async () => {
    calls += 1
    if (calls === 2) letGo()
    await both
    return same
  }
  const ids = [
    await desk.write(await desk.chat(), 'eins'),
    await desk.write(await desk.chat(), 'zwei'),
  ]
  desk.sender({ clientFor: () => ({ ...client, sendMessage }) })
  for (const id of ids) await becomes(desk, id, 'accepted')
  const wamids = await Promise.all(ids.map(async (id) => (await desk.message(id)).wamid))
  expect(wamids.filter((wamid) => wamid === same.wamid)).toHaveLength(1)
  for (const id of ids) {
    expect(await desk.outbox(id)).toMatchObject({
      state: 'accepted',
      wamid: same.wamid,
      attempt: 1,
    })
  }
})

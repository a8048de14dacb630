import { beforeEach, expect, test } from 'vitest'
import { windowMs } from '../../core/domain/conversation.ts'
import {
  aWamid,
  baseSeconds,
  body,
  change,
  contact,
  doerte,
  inbound,
  message,
  ourNumber,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

test('a first message makes number, contact and conversation, which waits for a reply', async () => {
  await desk.take(inbound(doerte, text('Wo bleibt mein Paket?')))
  expect(only(await desk.numbers())).toMatchObject({
    phoneNumberId: ourNumber.id,
    accountId: ourNumber.accountId,
    displayPhone: '+494030068810',
    health: 'ok',
  })
  expect(only(await desk.contacts())).toMatchObject({
    name: doerte.name,
    phone: '+494012340101',
    userId: doerte.userId,
  })
  const received = only(await desk.messages())
  expect(received).toMatchObject({
    direction: 'in',
    type: 'text',
    status: 'received',
    ord: 1,
    sentAtMs: baseSeconds * 1000,
    author: { kind: 'contact', name: doerte.name },
  })
  expect(only(await desk.conversations())).toMatchObject({
    status: 'open',
    inboundCount: 1,
    windowExpiresAtMs: baseSeconds * 1000 + windowMs,
    waitingSinceMs: baseSeconds * 1000,
    lastMessage: { messageId: received.id, text: 'Wo bleibt mein Paket?' },
  })
  expect(only(await desk.parts())).toMatchObject({
    kind: 'message-received',
    outcome: 'stored',
    message_id: received.id,
    conversation_id: received.conversationId,
  })
})

test('the same call twice, or its message in another batch, is one row', async () => {
  const once = message(doerte, text('Hallo'))
  const value = body(change('messages', { contacts: [contact(doerte)], messages: [once] }))
  const batch = body(
    change('messages', { messages: [once, message(doerte, text('Noch da?')), once] }),
  )
  await desk.take(value, value, batch)
  expect((await desk.messages()).map((row) => row.text)).toEqual(['Hallo', 'Noch da?'])
  expect(await desk.outcomes()).toEqual(['stored', 'duplicate', 'duplicate', 'stored', 'duplicate'])
  expect((await desk.parts())[1]?.message_id).toBe((await desk.messages())[0]?.id)
})

test('a file is remembered to be fetched', async () => {
  const image = { id: '1801', mime_type: 'image/jpeg', sha256: 'LCa0', caption: 'Rechnung' }
  await desk.take(inbound(doerte, { type: 'image', image }))
  const { media, text: caption } = only(await desk.messages())
  expect(caption).toBe('Rechnung')
  expect(media).toMatchObject({ mime: 'image/jpeg', state: 'pending' })
  const number = only(await desk.numbers())
  expect(desk.files).toEqual([
    {
      mediaId: media?.id,
      numberId: number.id,
      metaMediaId: '1801',
      mime: 'image/jpeg',
      sha256: 'LCa0',
    },
  ])
})

test('a reply quotes what we know, and keeps the id of what we do not', async () => {
  const ours = await desk.sent({ wamid: 'wamid.OURS' })
  await desk.take(
    inbound(doerte, { ...text('Ja'), context: { id: 'wamid.OURS' } }),
    inbound(doerte, { ...text('Nein'), context: { id: 'wamid.ELSEWHERE' } }),
  )
  const replies = (await desk.messages()).filter(({ direction }) => direction === 'in')
  expect(replies.map(({ replyTo }) => replyTo)).toEqual([
    { wamid: 'wamid.OURS', messageId: ours.id },
    { wamid: 'wamid.ELSEWHERE' },
  ])
})

test('history fills the thread without waking anybody, and a later message opens it', async () => {
  const past = (second: number, from: string, words: string, more = {}) => ({
    from,
    id: aWamid(),
    timestamp: String(baseSeconds - second),
    ...text(words),
    ...more,
  })
  const thread = {
    id: doerte.phone,
    messages: [
      past(500, ourNumber.phone, 'ours', { to: doerte.phone, history_context: { status: 'READ' } }),
      past(900, doerte.phone, 'first'),
    ],
  }
  await desk.take(
    body(change('history', { history: [{ metadata: { phase: 0 }, threads: [thread] }] })),
  )
  expect(await desk.messages()).toMatchObject([
    { text: 'ours', direction: 'out', status: 'read', isHistory: true },
    { text: 'first', direction: 'in', isHistory: true },
  ])
  expect(only(await desk.conversations())).toMatchObject({
    status: 'resolved',
    openedAtMs: (baseSeconds - 500) * 1000,
    inboundCount: 0,
    windowExpiresAtMs: null,
    waitingSinceMs: null,
    lastMessage: { text: 'ours' },
  })
  await desk.take(inbound(doerte, text('neu')))
  expect(only(await desk.conversations())).toMatchObject({ status: 'open', inboundCount: 1 })
})

test('a placeholder of a file from the past becomes the file', async () => {
  const id = aWamid()
  const chunk = (content: Record<string, unknown>) =>
    body(
      change('history', {
        history: [
          {
            threads: [
              {
                id: doerte.phone,
                messages: [{ from: doerte.phone, id, timestamp: '1', ...content }],
              },
            ],
          },
        ],
      }),
    )
  await desk.take(chunk({ type: 'media_placeholder' }))
  await desk.take(chunk({ type: 'image', image: { id: '7', mime_type: 'image/png' } }))
  const row = only(await desk.messages())
  expect(row).toMatchObject({ type: 'image', media: { mime: 'image/png' } })
  expect(row.raw).toBeUndefined()
})

test('what the firm writes in the app is seen in the thread', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  const echo = {
    from: ourNumber.phone,
    to: doerte.phone,
    id: aWamid(),
    timestamp: '1',
    ...text('Ja?'),
  }
  await desk.take(body(change('smb_message_echoes', { message_echoes: [echo] })))
  expect((await desk.messages())[1]).toMatchObject({
    text: 'Ja?',
    direction: 'out',
    status: 'sent',
    author: { kind: 'agent', name: '+494030068810' },
  })
  expect(only(await desk.conversations()).inboundCount).toBe(1)
})

import { expect, test } from 'vitest'
import { senderDesk, type Chat, type SenderDesk } from '../testing/sender-desk.ts'

const soon = { timeout: 10_000, interval: 20 }
const receiptOf = (desk: SenderDesk, { conversationId }: Chat) =>
  desk.outbox(`receipt:${conversationId}`)
const read = (desk: SenderDesk, { conversationId }: Chat, inbound: number, more: object = {}) =>
  desk.act('conversation.read', { conversationId, inbound, ...more })

async function customer(desk: SenderDesk, chat: Chat) {
  const { items } = await desk.control<{ items: { id: string }[] }>('/customers')
  return items.find(({ id }) => id === chat.customerId)
}

test('what a person has read gets its blue ticks, once', async () => {
  const desk = await senderDesk()
  const sender = desk.sender()
  const chat = await desk.chat()
  await read(desk, chat, 1)
  await expect.poll(async () => (await receiptOf(desk, chat))?.state, soon).toBe('accepted')
  expect(await receiptOf(desk, chat)).toMatchObject({ wamid: chat.wamid, attempt: 1 })
  expect(await customer(desk, chat)).toBeDefined()

  await read(desk, chat, 1, { isUnread: true })
  await read(desk, chat, 1)
  await sender.idle()
  expect(await receiptOf(desk, chat)).toMatchObject({ state: 'accepted', attempt: 1 })
  expect(await desk.accepted()).toEqual([])
})

test('a message the person has not seen yet is not given ticks', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  await desk.hear(chat, { wamid: 'wamid.unseen' })
  await read(desk, chat, 1)
  expect(await receiptOf(desk, chat)).toMatchObject({ wamid: chat.wamid })
  await read(desk, chat, 2)
  expect(await receiptOf(desk, chat)).toMatchObject({ wamid: 'wamid.unseen', state: 'queued' })
})

test('ticks nobody wants do not hold replies up, and are dropped in the end', async () => {
  const desk = await senderDesk()
  desk.sender()
  await desk.fault({ kind: 'error', code: 131000, count: 1 })
  const chat = await desk.chat()
  await desk.hear(chat, { wamid: 'wamid.nobody-wrote-this' })
  await read(desk, chat, 2)
  const id = await desk.write(chat, 'Moin')
  await expect.poll(async () => (await receiptOf(desk, chat))?.state, soon).toBe('failed')
  await expect.poll(() => desk.status(id), soon).toMatch(/accepted|sending/)
})

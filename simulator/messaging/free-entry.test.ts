import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'

const hourMs = 3_600_000
const phone = '+4915123456789'
const referral = {
  source_type: 'ad',
  source_id: '1',
  source_url: 'https://fb.me/x',
  headline: 'Jetzt',
}
const hello = { type: 'text', text: { body: 'Hallo!' } }
const advance = (desk: Desk, advanceMs: number) => desk.control('/clock', { advanceMs })
const template = (desk: Desk) =>
  desk.graph(`/v25.0/${desk.numberId}/messages`, {
    messaging_product: 'whatsapp',
    to: phone,
    type: 'template',
    template: { name: 'hello_world', language: { code: 'en_US' } },
  })
const prices = (desk: Desk) =>
  desk.sink
    .statuses()
    .filter(({ status }) => status === 'sent')
    .map(({ pricing }) => pricing)

async function fromAd(desk: Desk): Promise<void> {
  const { body } = await desk.control('/customers', { name: 'Ada', phone })
  await desk.control(`/customers/${body.id}/messages`, { ...hello, referral })
}

test('for three days after the answer to somebody from an ad everything is free', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await fromAd(desk)
  await advance(desk, 23 * hourMs)
  await desk.text(phone, 'Guten Tag')
  await advance(desk, 71 * hourMs)
  await template(desk)
  await advance(desk, 2 * hourMs)
  await template(desk)
  await advance(desk, 1000)
  const free = { billable: false, type: 'free_entry_point', category: 'referral_conversion' }
  expect(prices(desk)).toMatchObject([free, free, { type: 'regular', category: 'utility' }])
  expect(desk.sink.messages()[0]).toMatchObject({ referral })
})

test('the window of an ad does not open the one for free words', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await fromAd(desk)
  await desk.text(phone, 'Guten Tag')
  await advance(desk, 30 * hourMs)
  await desk.text(phone, 'noch etwas')
  await advance(desk, 1000)
  expect(desk.sink.statuses().at(-1)).toMatchObject({ errors: [{ code: 131047 }] })
})

test('who is answered after a day has come for nothing', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await fromAd(desk)
  await advance(desk, 25 * hourMs)
  await template(desk)
  await advance(desk, 1000)
  expect(prices(desk)).toMatchObject([{ type: 'regular' }])
})

test('statuses tell the conversation of what came from an ad, and of everything before version 24', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await fromAd(desk)
  const other = '+4915199999999'
  await desk.person({ name: 'Eve', phone: other })
  await desk.text(phone, 'Guten Tag')
  await desk.text(other, 'Guten Tag')
  await advance(desk, 1000)
  const told = () =>
    desk.sink.statuses().map(({ status, conversation }) => ({ status, conversation }))
  const [sent, , delivered] = told().map(
    ({ conversation }) => conversation as JsonObject | undefined,
  )
  expect(told().filter(({ conversation }) => conversation)).toHaveLength(2)
  expect(sent).toMatchObject({ id: delivered?.id, origin: { type: 'referral_conversion' } })
  expect(Number(sent?.expiration_timestamp)).toBeGreaterThan(0)
  expect(delivered).not.toHaveProperty('expiration_timestamp')

  await desk.control('/settings', { fieldVersion: 23 }, 'PATCH')
  await desk.text(other, 'Guten Tag')
  await advance(desk, 1000)
  expect(told().slice(4)).toMatchObject([
    { status: 'sent', conversation: { origin: { type: 'service' } } },
    { status: 'delivered', conversation: { origin: { type: 'service' } } },
  ])
})

test('the first thousand free words of a month cost nothing, counted in the firm’s own time', async () => {
  const startAtMs = Date.parse('2026-11-30T22:00:00Z') // an hour before December in Berlin
  await using desk = await aDesk({ clock: 'manual', startAtMs })
  await desk.person({ name: 'Ada', phone })
  const send = async (count: number) => {
    await Promise.all(Array.from({ length: count }, () => desk.text(phone, 'x')))
    await advance(desk, 1000)
  }
  await send(1000)
  await send(1)
  await advance(desk, hourMs)
  await send(1)
  const kinds = prices(desk).map((price) => (price as JsonObject).type)
  expect(kinds.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, () => 'free_customer_service'))
  expect(kinds.slice(1000)).toEqual(['regular', 'free_customer_service'])
})

test('who has the chat open reads without a delivery being told, and that carries the price', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person({ name: 'Ada', phone, chatOpen: true })
  await desk.text(phone, 'Guten Tag')
  await advance(desk, 1000)
  expect(desk.sink.statuses()).toMatchObject([
    { status: 'sent', pricing: { category: 'service' } },
    { status: 'read', pricing: { category: 'service' } },
  ])
})

import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { aDesk } from '../testing/desk.ts'
import { startSink, type Sink } from '../testing/sink.ts'

const until = { timeout: 5000, interval: 5 }
const hello = (body: string) => ({ type: 'text', text: { body } })
const textsIn = (sink: Sink) => sink.messages().map(({ text }) => text?.body)

test('a webhook is signed over its exact bytes, in which umlauts are escaped', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Dörte Müller-Lüdenscheidt', phone: '+49 151 23456789' })

  await expect.poll(() => desk.sink.heard.length, until).toBe(1)
  const { raw, headers } = desk.sink.heard[0]!
  const expected = createHmac('sha256', 'secret').update(raw).digest('hex')
  expect(headers['x-hub-signature-256']).toBe(`sha256=${expected}`)
  expect(raw.toString()).toContain('D\\u00f6rte M\\u00fcller-L\\u00fcdenscheidt')
  expect(raw.every((byte) => byte < 0x80)).toBe(true)
})

test('a server that comes back gets what it missed, in order', async () => {
  await using desk = await aDesk()
  const port = Number(new URL(desk.sink.url).port)
  const { body: ada } = await desk.control('/customers', { name: 'Ada', phone: '+4915111111111' })
  await desk.sink.close()

  for (const word of ['eins', 'zwei', 'drei']) {
    await desk.control(`/customers/${ada.id}/messages`, hello(word))
  }
  const back = await startSink('', port)
  await expect.poll(() => textsIn(back), until).toEqual(['eins', 'zwei', 'drei'])
  await back.close()
})

test('whatever is not 200 is tried again, later each time, up to half a minute', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  desk.sink.answer = 503
  const { body: ada } = await desk.control('/customers', { name: 'Ada', phone: '+4915111111111' })
  await desk.control(`/customers/${ada.id}/messages`, hello('noch da?'))
  await desk.control('/clock', { advanceMs: 200 })
  expect((await desk.control('/outbox')).body).toMatchObject({ waiting: 1, delivered: 0 })

  desk.sink.answer = 200
  await desk.control('/clock', { advanceMs: 49 })
  expect(desk.sink.heard).toHaveLength(0)
  await desk.control('/clock', { advanceMs: 1 })
  expect(textsIn(desk.sink)).toEqual(['noch da?'])
})

test('one customer has one webhook in flight, several customers have several', async () => {
  await using desk = await aDesk()
  let letGo: () => void = () => undefined
  desk.sink.hold = new Promise((resolve) => (letGo = resolve))
  for (const phone of ['+491511111110', '+491511111111', '+491511111112']) {
    const { id } = await desk.person({ name: 'Kundin', phone })
    await desk.control(`/customers/${id}/messages`, hello('noch etwas'))
  }
  await expect.poll(() => desk.sink.mostAtOnce, until).toBe(3)
  letGo()
  await expect.poll(() => desk.sink.heard.length, until).toBe(6)
  expect(desk.sink.mostAtOnce).toBe(3)
})

test('a duplicated webhook comes twice with the same bytes', async () => {
  await using desk = await aDesk()
  await desk.control('/faults', { kind: 'duplicate', count: 1 })
  await desk.person({ name: 'Ada', phone: '+4915111111111' })
  await expect.poll(() => desk.sink.heard.length, until).toBe(2)
  expect(desk.sink.heard[0]!.raw).toEqual(desk.sink.heard[1]!.raw)
})

test('a reordered webhook comes after the next one, and is not lost when there is none', async () => {
  await using desk = await aDesk()
  const { body: ada } = await desk.control('/customers', { name: 'Ada', phone: '+4915111111111' })
  await desk.control('/faults', { kind: 'reorder', count: 1 })
  await desk.control(`/customers/${ada.id}/messages`, hello('eins'))
  await desk.control(`/customers/${ada.id}/messages`, hello('zwei'))
  await expect.poll(() => textsIn(desk.sink), until).toEqual(['zwei', 'eins'])

  await desk.control('/faults', { kind: 'reorder', count: 1 })
  await desk.control(`/customers/${ada.id}/messages`, hello('allein'))
  await expect.poll(() => textsIn(desk.sink).at(-1), until).toBe('allein')
})

test('a delayed webhook waits, and the ones behind it wait with it', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { body: ada } = await desk.control('/customers', { name: 'Ada', phone: '+4915111111111' })
  await desk.control('/faults', { kind: 'delay', count: 1, delayMs: 500 })
  await desk.control(`/customers/${ada.id}/messages`, hello('eins'))
  await desk.control(`/customers/${ada.id}/messages`, hello('zwei'))
  await desk.control('/clock', { advanceMs: 499 })
  expect(desk.sink.heard).toHaveLength(0)
  await desk.control('/clock', { advanceMs: 1 })
  await expect.poll(() => textsIn(desk.sink), until).toEqual(['eins', 'zwei'])
})

test('webhooks wait for an address when there is none, and follow an override once it proves itself', async () => {
  await using desk = await aDesk()
  const other = await startSink('geheim')
  const path = `/v25.0/${desk.account.accountId}/subscribed_apps`
  const wrong = await desk.graph(path, { override_callback_uri: other.url, verify_token: 'falsch' })
  expect(wrong.body.error.code).toBe(2200)

  const right = await desk.graph(path, { override_callback_uri: other.url, verify_token: 'geheim' })
  expect(right.body).toEqual({ success: true })
  await desk.person({ name: 'Ada', phone: '+4915111111111' })
  await desk.control('/account', { review: 'APPROVED' }, 'PATCH')
  await expect.poll(() => textsIn(other), until).toEqual(['Hallo!'])
  await expect.poll(() => desk.sink.values('account_review_update'), until).toHaveLength(1)
  expect(desk.sink.messages()).toHaveLength(0)
  await other.close()
})

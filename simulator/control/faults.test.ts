import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'

const until = { timeout: 5000, interval: 5 }
const ada = { name: 'Ada', phone: '+4915123456789', reads: true }
const send = (desk: Desk, more: JsonObject = {}) => desk.text('+4915123456789', 'Guten Tag', more)
const accepted = async (desk: Desk) => (await desk.control('/accepted')).body.items as JsonObject[]

test('everything accepted is witnessed once, with what the sender called it', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  const { body } = await send(desk, { biz_opaque_callback_data: 'm-1' })
  expect((await send(desk, { text: {} })).status).toBe(400)
  expect(await accepted(desk)).toEqual([
    {
      wamid: body.messages[0].id,
      callbackData: 'm-1',
      to: '+4915123456789',
      type: 'text',
      acceptedAt: expect.stringMatching(/Z$/) as string,
    },
  ])
})

test('a lost answer leaves the message accepted, on the phone, and with its statuses', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person(ada)
  await desk.control('/faults', { kind: 'timeout-after-accept', count: 1, delayMs: 50 })
  await expect(send(desk, { biz_opaque_callback_data: 'm-1' })).rejects.toThrow('fetch failed')

  expect(await accepted(desk)).toMatchObject([{ callbackData: 'm-1' }])
  await expect
    .poll(() => desk.sink.statuses().map((one) => one.status), until)
    .toEqual(['sent', 'delivered', 'read'])
  expect((await desk.control(`/customers/${id}/messages`)).body.items).toHaveLength(1)
  expect((await send(desk)).status).toBe(200)
})

test('an accepted message may be told late, or told as an error', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await desk.control('/faults', { kind: 'slow-after-accept', count: 1, delayMs: 150 })
  const sending = send(desk, { biz_opaque_callback_data: 'm-1' })
  await expect.poll(() => desk.sink.statuses().length, until).toBe(3)
  expect((await sending).status).toBe(200)

  await desk.control('/faults', { kind: 'error-after-accept', code: 131000, count: 1 })
  const told = await send(desk, { biz_opaque_callback_data: 'm-2' })
  expect([told.status, told.body.error.code]).toEqual([500, 131000])
  expect(await accepted(desk)).toMatchObject([{ callbackData: 'm-1' }, { callbackData: 'm-2' }])
})

test('an error answers its code as often as it was told to, and accepts nothing', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await desk.control('/faults', { kind: 'error', code: 130429, count: 2 })
  expect((await desk.graph(`/${desk.numberId}`)).status).toBe(200) // polling uses none of it up
  for (let call = 1; call <= 2; call++) {
    expect((await send(desk)).body.error).toMatchObject({ code: 130429, is_transient: true })
  }
  expect((await send(desk)).status).toBe(200)
  expect(await accepted(desk)).toHaveLength(1)
})

test('an error can be limited to a path', async () => {
  await using desk = await aDesk()
  await desk.control('/faults', { kind: 'error', code: 200, path: '/message_templates' })
  expect((await desk.graph(`/${desk.account.accountId}/message_templates`)).status).toBe(403)
  expect((await desk.graph(`/${desk.account.accountId}`)).status).toBe(200)
})

test('an outage fails every call until it is over', async () => {
  await using desk = await aDesk()
  await desk.control('/faults', { kind: 'outage' })
  for (const path of [`/${desk.numberId}`, `/${desk.account.accountId}`]) {
    const { status, body } = await desk.graph(path)
    expect({ status, code: body.error.code as number }).toEqual({ status: 503, code: 2 })
  }
  expect((await desk.control('/faults', undefined, 'DELETE')).body).toEqual({ items: [] })
  expect((await desk.graph(`/${desk.numberId}`)).status).toBe(200)
})

test('slowness makes an answer late but whole', async () => {
  await using desk = await aDesk()
  await desk.control('/faults', { kind: 'slow', delayMs: 120, count: 1 })
  const start = performance.now()
  expect((await desk.graph(`/${desk.numberId}`)).status).toBe(200)
  expect(performance.now() - start).toBeGreaterThan(100)
})

test('a dropped status never comes, the others do', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await desk.control('/faults', { kind: 'drop-status', path: 'statuses/delivered', count: 1 })
  await send(desk)
  await expect
    .poll(() => desk.sink.statuses().map((one) => one.status), until)
    .toEqual(['sent', 'read'])
})

test('probability strikes some and spares others', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await desk.control('/faults', { kind: 'error', code: 131000, probability: 0.5 })
  const statuses = []
  for (let call = 0; call < 40; call++) statuses.push((await send(desk)).status)
  expect(new Set(statuses)).toEqual(new Set([200, 500]))
})

test('the next message can be named', async () => {
  await using desk = await aDesk()
  await desk.person(ada)
  await desk.control('/next-wamid', { wamid: 'wamid.CHOSEN' })
  expect((await send(desk)).body.messages[0].id).toBe('wamid.CHOSEN')
  expect((await send(desk)).body.messages[0].id).not.toBe('wamid.CHOSEN')
})

test.each<[string, JsonObject]>([
  ['a kind nobody knows', { kind: 'gremlin' }],
  ['a count of none', { kind: 'slow', count: 0 }],
  ['a word that means nothing', { kind: 'slow', often: 3 }],
])('%s is refused', async (_, fault) => {
  await using desk = await aDesk()
  const { status, body } = await desk.control('/faults', fault)
  expect(status).toBe(400)
  expect(body.error.code).toBe('bad-request')
})

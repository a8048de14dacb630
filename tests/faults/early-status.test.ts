import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRig, type Rig } from './rig.ts'
import { accepted, allMessages, conversations, type Message } from './witness.ts'

/** Reports that come before the message they are about is known, or that know it by our own name alone. */

const soon = { timeout: 20_000, interval: 50 }
let rig: Rig
let number: { id: string; displayPhoneNumber: string }

beforeAll(async () => {
  rig = await openRig({ seed: 12, latencyMs: { sent: 0, delivered: 5, read: 10 } })
  await rig.start()
  const account = await rig.control.get<{ numbers: (typeof number)[] }>('/account')
  number = account.numbers[0] ?? number
})
afterAll(() => rig.close())

test('P9, row 12: a message is read before its sending was answered, and stays read', async () => {
  const { conversationId } = await someone()
  await rig.control.post('/faults', { kind: 'slow-after-accept', count: 1, delayMs: 1500 })
  const { id } = await reply(conversationId)
  await expect.poll(async () => (await message(id))?.status, soon).toBe('read')
  const early = await message(id)
  const [call] = (await accepted(rig)).filter(({ callbackData }) => callbackData === id)
  const untilMs = Date.now() + 2000 // the answer has come by then
  while (Date.now() < untilMs) expect(await message(id)).toEqual({ ...early, wamid: call?.wamid })
})

test('a report of a message nobody knows waits for it, and is then told once', async () => {
  const { conversationId, phone } = await someone()
  const wamid = `wamid.${randomUUID()}`
  await rig.control.post('/faults', { kind: 'drop-status' })
  await report(phone, { id: wamid, status: 'delivered', timestamp: '1795333210' })
  await expect.poll(() => outcomes(wamid), soon).toEqual(['parked'])

  await rig.control.post('/next-wamid', { wamid })
  const { id } = await reply(conversationId)
  await expect.poll(async () => (await message(id))?.status, soon).toBe('delivered')
  expect(await message(id)).toMatchObject({
    wamid,
    statusAt: { delivered: new Date(1795333210_000).toISOString() },
  })
  await expect.poll(() => outcomes(wamid), soon).toEqual(['stored'])
  await rig.control.delete('/faults')
})

test('a report that knows a message only by our name for it settles a send that nobody answered', async () => {
  const { conversationId, phone } = await someone()
  await rig.control.post('/faults', { kind: 'drop-status' })
  await rig.control.post('/faults', { kind: 'timeout-after-accept', count: 1, delayMs: 10 })
  const { id } = await reply(conversationId)
  const isAccepted = async () =>
    (await accepted(rig)).some(({ callbackData }) => callbackData === id)
  await expect.poll(isAccepted, soon).toBe(true)

  const wamid = `wamid.${randomUUID()}` // not the one it was accepted under
  const timestamp = String(Math.floor(Date.now() / 1000))
  await report(phone, { id: wamid, status: 'sent', timestamp, biz_opaque_callback_data: id })
  await expect.poll(async () => (await message(id))?.status, soon).toBe('sent')
  expect(await message(id)).toMatchObject({ wamid })
  await rig.control.delete('/faults')
})

test('reports of a stranger’s messages change nothing of ours', async () => {
  const before = await allMessages(rig)
  const callback = { biz_opaque_callback_data: randomUUID() }
  const status = { status: 'read', timestamp: '1795333210' }
  await report('4915100000000', { id: 'wamid.STRANGE1', ...status, ...callback })
  await report('4915100000000', { id: 'wamid.STRANGE2', ...status, biz_opaque_callback_data: 'x' })
  await expect.poll(() => outcomes('wamid.STRANGE2'), soon).toEqual(['parked'])
  expect(await outcomes('wamid.STRANGE1')).toEqual(['parked'])
  expect(await allMessages(rig)).toEqual(before)
})

let people = 0

async function someone(): Promise<{ conversationId: string; phone: string }> {
  people += 1
  const phone = `491517000000${people}`
  const name = `Person ${people}`
  const customer = { name, phone: `+${phone}`, reads: true }
  const { id } = await rig.control.post<{ id: string }>('/customers', customer)
  const text = { type: 'text', text: { body: 'Hallo?' } }
  await rig.control.post(`/customers/${id}/messages`, text)
  const mine = async () =>
    (await conversations(rig)).find(({ contact }) => contact.name === name)?.id
  await expect.poll(mine, soon).toBeDefined()
  return { conversationId: (await mine()) ?? '', phone }
}

function reply(conversationId: string): Promise<{ id: string }> {
  return rig.api().post(`/conversations/${conversationId}/messages`, { type: 'text', text: 'Ja' })
}

function report(phone: string, status: object): Promise<unknown> {
  const metadata = {
    display_phone_number: number.displayPhoneNumber.replace(/\D/g, ''),
    phone_number_id: number.id,
  }
  const statuses = [{ recipient_id: phone, ...status }]
  const value = { messaging_product: 'whatsapp', metadata, statuses }
  return rig.control.post('/webhooks', { field: 'messages', value })
}

async function message(id: string): Promise<Message | undefined> {
  return (await allMessages(rig)).find((one) => one.id === id)
}

type Delivery = { id: string; body?: unknown; parts: { outcome: string }[] }

/** What the ledger says became of the calls that name this message. */
async function outcomes(wamid: string): Promise<string[]> {
  const { items } = await rig.api().get<{ items: Delivery[] }>('/deliveries?limit=20')
  const whole = await Promise.all(
    items.map(({ id }) => rig.api().get<Delivery>(`/deliveries/${id}`)),
  )
  return whole
    .filter(({ body }) => JSON.stringify(body).includes(`"id":"${wamid}"`))
    .flatMap(({ parts }) => parts.map(({ outcome }) => outcome))
}

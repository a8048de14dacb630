import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFull, openRig, type Rig } from './rig.ts'
import {
  accepted,
  allMessages,
  conversations,
  messagesOf,
  repeated,
  webhooksAnswered,
  writtenByCustomers,
} from './witness.ts'

/** Webhooks that come twice, in the wrong order, hours late, or a thousand in one call. */

const hourMs = 3_600_000
const soon = { timeout: 60_000, interval: 100 }
const perSecond = isFull ? 1000 : 200
const perReply = ['sent', 'delivered', 'read'] as const
let rig: Rig

beforeAll(async () => {
  rig = await openRig({ seed: 10, clock: 'manual', startAtMs: Date.now() - 36 * hourMs })
  await rig.start()
})
afterAll(() => rig.close())

test('P1, row 10: a flood in any order, some of it a day and a half late, is stored once each', async () => {
  await batch(1000)
  for (const fault of [
    { kind: 'delay', probability: 0.2, delayMs: 36 * hourMs, isOvertaken: true },
    { kind: 'reorder', probability: 0.3 },
    { kind: 'duplicate', probability: 0.3 },
  ])
    await rig.control.post('/faults', fault)
  await rig.control.post('/load', { perSecond, seconds: 5, customers: 40, statuses: 3 })
  await advance(60_000)
  const early = (await inbound()).length
  expect(early).toBeGreaterThan(0)
  expect(early).toBeLessThan(perSecond * 5)

  await rig.control.delete('/faults')
  await advance(36 * hourMs)
  await expect.poll(async () => (await inbound()).length, soon).toBe(perSecond * 5)
  expect((await inbound()).sort()).toEqual((await writtenByCustomers(rig)).sort())
  expect(await conversations(rig)).toHaveLength(40)
}, 240_000)

test('a thousand updates in one call are a thousand parts of the ledger', async () => {
  const before = await newestDelivery()
  await rig.control.patch('/settings', { batching: { atMost: 1000, withinMs: 5000, atOnce: 1 } })
  await rig.control.post('/load', { perSecond: 500, seconds: 1, customers: 25, statuses: 1 })
  await advance(10_000)
  await settled(before)
  const [delivery] = (await deliveriesSince(before)).filter(({ parts }) => parts.length > 900)
  expect(delivery?.parts).toHaveLength(1000)
  expect(delivery?.parts.filter(({ outcome }) => outcome === 'stored')).toHaveLength(500)
  expect((await inbound()).sort()).toEqual((await writtenByCustomers(rig)).sort())
}, 120_000)

test('a call of 3 MB is taken whole', async () => {
  const before = await newestDelivery()
  await rig.control.patch('/settings', { batching: { atMost: 1000, withinMs: 5000, atOnce: 1 } })
  const id = await person('Lang', '+4915150000001')
  const long = 'ü'.repeat(4096) // six bytes each on the wire
  await Promise.all(
    Array.from({ length: 120 }, () => say(id, { type: 'text', text: { body: long } })),
  )
  await advance(10_000)
  await settled(before)
  const sizes = (await deliveriesSince(before)).map(({ sizeBytes }) => sizeBytes ?? 0)
  expect(Math.max(...sizes)).toBeGreaterThan(2.8e6)
  const [conversation] = await of('Lang')
  const texts = await messagesOf(rig, conversation?.id ?? '')
  expect(texts.map(({ text }) => text)).toEqual(Array.from({ length: 120 }, () => long))
}, 120_000)

test('an album of somebody new, doubled and shuffled, is one conversation', async () => {
  await batch(3)
  await rig.control.post('/faults', { kind: 'duplicate', probability: 0.5 })
  await rig.control.post('/faults', { kind: 'reorder', probability: 0.5 })
  const id = await person('Album', '+4915150000002')
  const pictures = Array.from({ length: 10 }, (_, index) => ({
    type: 'image',
    image: { caption: `Bild ${index}` },
  }))
  await Promise.all(pictures.map((picture) => say(id, picture)))
  await advance(10_000)
  await rig.control.delete('/faults')
  await expect.poll(async () => (await of('Album')).length, soon).toBe(1)
  const [conversation] = await of('Album')
  const captions = async () =>
    (await messagesOf(rig, conversation?.id ?? '')).map(({ text }) => text).sort()
  await expect.poll(captions, soon).toEqual(pictures.map(({ image }) => image.caption))
}, 120_000)

test('P9, row 10: receipts doubled, late and in the wrong order never take a message back', async () => {
  await batch(5)
  const people = Array.from({ length: 8 }, (_, index) => `Leser ${index}`)
  for (const [index, name] of people.entries()) {
    await say(await person(name, `+491515001000${index}`), {
      type: 'text',
      text: { body: 'Hallo?' },
    })
  }
  await advance(5_000)
  const all = async () =>
    (await conversations(rig)).filter(({ contact }) => people.includes(contact.name))
  await expect.poll(async () => (await all()).length, soon).toBe(people.length)
  for (const fault of [
    { kind: 'duplicate', path: 'statuses', probability: 0.5 },
    { kind: 'delay', path: 'statuses', probability: 0.4, delayMs: 20_000, isOvertaken: true },
    { kind: 'reorder', path: 'statuses', probability: 0.4 },
  ])
    await rig.control.post('/faults', fault)
  const before = (await accepted(rig)).length
  const replies = await Promise.all(
    (await all()).map(({ id }) =>
      rig.api().post<{ id: string }>(`/conversations/${id}/messages`, { type: 'text', text: 'Ja' }),
    ),
  )
  const isAccepted = async () => (await accepted(rig)).length - before
  await expect.poll(isAccepted, soon).toBe(people.length)

  const seen = new Map<string, number>()
  const look = async () => {
    const wanted = new Set(replies.map(({ id }) => id))
    const now = (await allMessages(rig)).filter(({ id }) => wanted.has(id))
    for (const { id, status } of now) {
      expect(ranks.indexOf(status)).toBeGreaterThanOrEqual(seen.get(id) ?? 0)
      seen.set(id, ranks.indexOf(status))
    }
    return now
  }
  for (let step = 0; step < 12; step += 1) {
    await advance(2_500)
    await look()
  }
  await rig.control.delete('/faults')
  await advance(30_000)
  const isThrough = async () => (await look()).map(({ status }) => status)
  await expect.poll(isThrough, soon).toEqual(replies.map(() => 'read'))
  for (const { statusAt } of await look()) {
    const times = perReply.map((status) => Date.parse(statusAt[status] ?? ''))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
}, 120_000)

const ranks = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read']

async function batch(atMost: number): Promise<void> {
  await rig.control.patch('/settings', { batching: { atMost, withinMs: 500 } })
}

async function advance(byMs: number): Promise<void> {
  await rig.control.post('/clock', { advanceMs: byMs })
}

async function person(name: string, phone: string): Promise<string> {
  return (await rig.control.post<{ id: string }>('/customers', { name, phone, reads: true })).id
}

function say(id: string, message: object): Promise<unknown> {
  return rig.control.post(`/customers/${id}/messages`, message)
}

async function of(name: string) {
  return (await conversations(rig)).filter(({ contact }) => contact.name === name)
}

async function inbound(): Promise<string[]> {
  const names = (await allMessages(rig)).flatMap(({ direction, wamid }) =>
    direction === 'in' ? [wamid ?? ''] : [],
  )
  expect(repeated(names)).toEqual([])
  return names
}

type Delivery = {
  id: string
  state: string
  sizeBytes: number | null
  parts: { outcome: string }[]
}

async function newestDelivery(): Promise<number> {
  const { items } = await rig.api().get<{ items: Delivery[] }>('/deliveries?limit=1')
  return Number(items[0]?.id ?? 0)
}

async function deliveriesSince(id: number): Promise<Delivery[]> {
  const { items } = await rig.api().get<{ items: Delivery[] }>('/deliveries?limit=100')
  return items.filter((delivery) => Number(delivery.id) > id)
}

/** All that came is answered and understood. */
async function settled(since: number): Promise<void> {
  await webhooksAnswered(rig)
  const open = async () => (await deliveriesSince(since)).filter(({ state }) => state !== 'done')
  await expect.poll(open, soon).toEqual([])
}

import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'
import { startSink } from '../testing/sink.ts'

const until = { timeout: 10_000, interval: 5 }
const settings = (desk: Desk, patch: JsonObject) => desk.control('/settings', patch, 'PATCH')
const updatesIn = (body: Desk['sink']['heard'][number]['body']) =>
  body.entry
    .flatMap(({ changes }) => changes)
    .flatMap(({ value }) => [value.messages ?? [], value.statuses ?? []].flat()).length

test('a thousand updates come in one call, in entries, changes and lists of their own', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await settings(desk, { batching: { atMost: 1000, withinMs: 5000, atOnce: 1 } })
  await desk.control('/load', { perSecond: 400, seconds: 1, customers: 40, statuses: 3 })
  await desk.control('/clock', { advanceMs: 8000 })

  await expect.poll(() => desk.sink.heard.length, until).toBe(2)
  expect(desk.sink.heard.map(({ body }) => updatesIn(body))).toEqual([1000, 600])
  expect(desk.sink.messages()).toHaveLength(400)
  expect(desk.sink.statuses()).toHaveLength(1200)
  const { entry } = desk.sink.heard[0]!.body
  const changes = entry.flatMap((one) => one.changes)
  expect(entry.length).toBeGreaterThan(10)
  expect(changes.length).toBeGreaterThan(entry.length)
  expect(changes.length).toBeLessThan(1000)
  expect(changes.some(({ value }) => 'messages' in value && 'statuses' in value)).toBe(true)
})

test('everybody in a value is in its contacts once, with all that is shown of them', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await settings(desk, { batching: { atMost: 1000, withinMs: 50, atOnce: 1 } })
  const { id, userId } = await desk.person({ name: 'Lena', username: 'lena.hh' })
  for (let count = 0; count < 40; count++) {
    await desk.text(userId, 'Guten Tag')
    await desk.control(`/customers/${id}/messages`, { type: 'text', text: { body: 'Hallo!' } })
  }
  await desk.control('/clock', { advanceMs: 200 })
  await expect.poll(() => desk.sink.messages().length, until).toBe(41)
  const values = desk.sink.values('messages')
  for (const { contacts } of values) expect(contacts).toHaveLength(1)
  for (const value of values.filter((one) => 'messages' in one))
    expect(value).toMatchObject({ contacts: [{ profile: { username: '@lena.hh' } }] })
})

test('what one customer writes stays in order, however many calls it takes', async () => {
  await using desk = await aDesk()
  await settings(desk, { batching: { atMost: 7, withinMs: 5, atOnce: 4 } })
  await desk.control('/load', { perSecond: 2000, seconds: 0.5, customers: 9 })
  await expect.poll(() => desk.sink.messages().length, until).toBe(1000)
  const turns = new Map<unknown, number>()
  for (const { from, text } of desk.sink.messages()) {
    const turn = Number(/\d+/.exec(text?.body ?? '')?.[0])
    expect(turn).toBeGreaterThan(turns.get(from) ?? 0)
    turns.set(from, turn)
  }
  expect(turns.size).toBe(9)
})

test('no call is larger than 3 MB', async () => {
  await using desk = await aDesk()
  await settings(desk, { batching: { atMost: 1000, withinMs: 200, atOnce: 1 } })
  const { id } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const long = { type: 'text', text: { body: 'ü'.repeat(4096) } } // six bytes each on the wire
  await Promise.all(
    Array.from({ length: 200 }, () => desk.control(`/customers/${id}/messages`, long)),
  )
  await expect.poll(() => desk.sink.messages().length, until).toBe(201)
  expect(desk.sink.heard.length).toBeLessThan(10)
  for (const { raw } of desk.sink.heard) expect(raw.length).toBeLessThanOrEqual(3 * 1024 * 1024)
})

test('a batch that is not taken comes again as a whole', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await settings(desk, { batching: { atMost: 100, withinMs: 50, atOnce: 1 } })
  desk.sink.answer = 503
  await desk.control('/load', { perSecond: 50, seconds: 1, customers: 5 })
  await desk.control('/clock', { advanceMs: 1100 })
  expect((await desk.control('/load')).body.calls).toMatchObject({ answered: 0 })
  desk.sink.answer = 200
  await desk.control('/clock', { advanceMs: 60_000 })
  expect(desk.sink.messages()).toHaveLength(50)
})

test('faults strike single updates of a batch', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await settings(desk, { batching: { atMost: 1000, withinMs: 50, atOnce: 1 } })
  await desk.control('/faults', { kind: 'duplicate', count: 3 })
  await desk.control('/faults', { kind: 'drop-status', path: 'statuses/delivered' })
  await desk.control('/load', { perSecond: 20, seconds: 1, customers: 5, statuses: 3 })
  await desk.control('/clock', { advanceMs: 5000 })
  await expect.poll(() => desk.sink.statuses().length, until).toBeGreaterThan(39)
  const kinds = new Set(desk.sink.statuses().map(({ status }) => status))
  expect(kinds).toEqual(new Set(['sent', 'read']))
  expect(desk.sink.messages().length + desk.sink.statuses().length).toBe(63)
})

test('traffic tells how the server answered it, and puts batching back when it ends', async () => {
  await using desk = await aDesk()
  await desk.control('/load', {
    perSecond: 200,
    seconds: 0.5,
    customers: 5,
    statuses: 1,
    batch: 50,
  })
  await expect
    .poll(async () => (await desk.control('/load')).body.updatesAnswered as number, until)
    .toBe(200)
  const { body } = await desk.control('/load')
  expect(body).toMatchObject({
    written: 100,
    statuses: 100,
    isRunning: false,
    calls: { answered: desk.sink.heard.length, refused: 0, unanswered: 0 },
  })
  expect(desk.sink.heard.length).toBeLessThan(60)
  const { p50, p90, p99, max } = body.latencyMs as Record<string, number>
  expect([p50, p90, p99, max]).toEqual([p50, p90, p99, max].toSorted((a, b) => a! - b!))
  expect(p50).toBeGreaterThan(0)
  expect((await desk.control('/settings')).body.batching).toBeNull()
})

test('another app that is subscribed gets a copy, signed with its own secret', async () => {
  await using desk = await aDesk()
  const other = await startSink()
  await settings(desk, { subscribers: [{ url: other.url, appSecret: 'another' }] })
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await expect.poll(() => [desk.sink.heard.length, other.heard.length], until).toEqual([1, 1])
  const [mine, theirs] = [desk.sink.heard[0]!, other.heard[0]!]
  expect(theirs.raw).toEqual(mine.raw)
  expect(theirs.headers['x-hub-signature-256']).not.toBe(mine.headers['x-hub-signature-256'])
  await other.close()
})

test('a delayed webhook may be overtaken by hours', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { id } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const delayMs = 36 * 3_600_000
  await desk.control('/faults', { kind: 'delay', count: 1, delayMs, isOvertaken: true })
  for (const body of ['eins', 'zwei'])
    await desk.control(`/customers/${id}/messages`, { type: 'text', text: { body } })
  const texts = () => desk.sink.messages().map(({ text }) => text?.body)
  await expect.poll(texts, until).toEqual(['Hallo!', 'zwei'])
  await desk.control('/clock', { advanceMs: delayMs })
  expect(texts()).toEqual(['Hallo!', 'zwei', 'eins'])
})

test('a webhook nobody takes is given up after as long as was set', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await settings(desk, { retryForMs: 60_000 })
  desk.sink.answer = 500
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await desk.control('/clock', { advanceMs: 120_000 })
  expect((await desk.control('/outbox')).body).toMatchObject({ waiting: 0, delivered: 0 })
})

test.each<[string, JsonObject]>([
  ['more than a thousand updates in a call', { batching: { atMost: 1001 } }],
  ['a subscriber that cannot be reached', { subscribers: [{ url: 'nowhere' }] }],
  ['a word nobody knows', { batchting: null }],
])('%s is refused', async (_, patch) => {
  await using desk = await aDesk()
  expect((await settings(desk, patch)).status).toBe(400)
})

import { expect, test } from 'vitest'
import { aDesk, type Desk } from '../../testing/desk.ts'

const minuteMs = 60_000
const mondayMorning = Date.parse('2026-11-23T09:30:00+01:00')
const onManualClock = { clock: 'manual' as const, startAtMs: mondayMorning }

async function played(desk: Desk, wanted: { live?: boolean } = {}) {
  await desk.control('/scenario/demo', wanted)
  await expect
    .poll(async () => (await desk.control('/outbox')).body.waiting as number, { timeout: 10_000 })
    .toBe(0)
}

/** What people wrote after the start, in the order of writing. */
function since(desk: Desk) {
  return desk.sink
    .messages()
    .map((message) => ({ message, atMs: Number(message.timestamp) * 1000 - mondayMorning }))
    .filter(({ atMs }) => atMs > 0)
    .sort((one, other) => one.atMs - other.atMs)
}

const pass = (desk: Desk, advanceMs: number) => desk.control('/clock', { advanceMs })

test('people go on writing every 8 to 20 seconds, for half an hour at most', async () => {
  await using desk = await aDesk(onManualClock)
  await played(desk)
  await pass(desk, 12 * minuteMs)
  const gaps = since(desk).map(({ atMs }, index, all) => atMs - (all[index - 1]?.atMs ?? 0))
  expect(gaps.length).toBeGreaterThan(36)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(7_000) // webhooks tell whole seconds
  expect(Math.max(...gaps)).toBeLessThanOrEqual(21_000)
  await pass(desk, 18 * minuteMs)
  const told = since(desk).length
  expect(told).toBeGreaterThan(70)
  await pass(desk, 60 * minuteMs)
  expect(since(desk)).toHaveLength(told)
})

test('some write for the first time, and one conversation of the past opens again', async () => {
  await using desk = await aDesk(onManualClock)
  const { body } = await desk.control('/scenario/demo', {})
  const first = new Set((body.customers as { name: string }[]).map(({ name }) => name))
  await pass(desk, 30 * minuteMs)
  const wrote = desk.sink
    .values('messages')
    .flatMap(({ contacts }) => (contacts as { profile: { name: string } }[] | undefined) ?? [])
  const names = new Set(wrote.map(({ profile }) => profile.name))
  expect([...names].filter((name) => !first.has(name)).length).toBeGreaterThan(2)
  expect(names).toContain('Anna-Lena Schröder')
})

test('who was answered does not go on asking for an answer', async () => {
  await using desk = await aDesk(onManualClock)
  await played(desk)
  await desk.text('+49 171 3920088', 'Guten Tag, wir kommen heute noch.')
  await pass(desk, 30 * minuteMs)
  const told = JSON.stringify(since(desk))
  expect(told).toContain('Soll ich die Störung E17 irgendwo vermerken')
  expect(told).not.toContain('Im Kinderzimmer sind es jetzt 16 Grad')
})

test('left out, nothing happens by itself and answers come at once', async () => {
  await using desk = await aDesk(onManualClock)
  await played(desk, { live: false })
  await pass(desk, 30 * minuteMs)
  expect(since(desk)).toEqual([])
  await desk.text('+49 171 3920088', 'Guten Tag, welche Anlage haben Sie?')
  await pass(desk, 10)
  expect(desk.sink.statuses().map(({ status }) => status)).toEqual(['sent', 'delivered', 'read'])
  expect(since(desk)).toHaveLength(1)
})

test('the same seed and start tell the same', async () => {
  const stories = []
  for (const seed of [7, 7, 8]) {
    await using desk = await aDesk({ ...onManualClock, seed })
    await played(desk)
    await pass(desk, 5 * minuteMs)
    stories.push(since(desk).map(({ message, atMs }) => `${atMs} ${message.id}`))
  }
  expect(stories[1]).toEqual(stories[0])
  expect(stories[2]).not.toEqual(stories[0])
})

test('who is answered looks first, then types, and nobody takes as long as another', async () => {
  await using desk = await aDesk(onManualClock)
  await played(desk)
  const phones = ['+49 171 3920088', '+49 171 3920002', '+49 176 04069066', '+353 20 915 2277']
  for (const phone of phones) await desk.text(phone, 'Guten Tag, wir kümmern uns darum.')
  await pass(desk, 1000)
  expect(desk.sink.statuses().map(({ status }) => status)).not.toContain('read')
  await pass(desk, 2 * minuteMs)
  const readAt = desk.sink.statuses().filter(({ status }) => status === 'read')
  expect(readAt).toHaveLength(phones.length)
  expect(new Set(readAt.map(({ timestamp }) => timestamp)).size).toBeGreaterThan(1)
})

test('a reaction among the answers is about the message that is answered', async () => {
  await using desk = await aDesk(onManualClock)
  await played(desk, { live: false })
  const to = '+353 20 915 1234'
  await desk.text(to, 'Friday it is?')
  await pass(desk, 10)
  const { body } = await desk.text(to, 'Booked.')
  await pass(desk, 10)
  expect(desk.sink.messages().at(-1)?.reaction).toEqual({
    message_id: body.messages[0].id,
    emoji: '👍',
  })
})

test('played again, only the new round goes on', async () => {
  await using desk = await aDesk(onManualClock)
  await played(desk)
  await played(desk)
  await pass(desk, 2 * minuteMs)
  expect(since(desk).length).toBeLessThanOrEqual(15)
})

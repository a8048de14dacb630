import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { aDesk, type Desk } from '../../testing/desk.ts'
import { cast } from './cast.ts'

const hourInHamburg = (timeMs: number) =>
  Number(new Date(timeMs).toLocaleString('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' }))

const until = { timeout: 10_000, interval: 20 }
const dayMs = 86_400_000
const mondayMorning = Date.parse('2026-11-23T09:30:00+01:00')

/** The demo, played to its end. */
async function played(desk: Desk) {
  const { body } = await desk.control('/scenario/demo', { live: false })
  await expect
    .poll(async () => (await desk.control('/outbox')).body.waiting as number, until)
    .toBe(0)
  return body as {
    customers: { id: string; name: string }[]
    history: number
    echoes: number
    messages: number
  }
}

type Thread = {
  id: string
  context: JsonObject
  messages: (JsonObject & { id: string; timestamp: string; type: string })[]
}
const threadsIn = (desk: Desk) =>
  desk.sink
    .values('history')
    .flatMap((value) => value.history as { threads: Thread[] }[]) // as it was just sent
    .flatMap(({ threads }) => threads)

test('forty people have written with two numbers, in German and in English', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  const { customers } = await played(desk)
  expect(customers.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'Dörte Müller-Lüdenscheidt',
      'Mehmet Öztürk',
      'Katarzyna Nowak',
      'Siobhán Byrne',
    ]),
  )
  expect(customers.length).toBeGreaterThanOrEqual(38)
  expect(new Set(customers.map(({ name }) => name)).size).toBe(customers.length)
  const numbers = new Set(
    desk.sink.heard.map(({ body }) => JSON.stringify(body.entry[0]?.changes[0]?.value.metadata)),
  )
  expect(numbers.size).toBe(2)
})

test('the past comes as history with its own times, in working hours of two weeks, more than a day ago', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  const { history } = await played(desk)
  const past = threadsIn(desk).flatMap(({ messages }) => messages)
  expect(new Set(past.map(({ id }) => id)).size).toBe(history)
  for (const { timestamp } of past) {
    const timeMs = Number(timestamp) * 1000
    expect(timeMs).toBeLessThan(mondayMorning - dayMs)
    expect(timeMs).toBeGreaterThan(mondayMorning - 17 * dayMs)
    expect(hourInHamburg(timeMs)).toBeGreaterThanOrEqual(6)
    expect(hourInHamburg(timeMs)).toBeLessThan(20)
  }
  const days = past.map(({ timestamp }) => new Date(Number(timestamp) * 1000).getUTCDay())
  expect(days).not.toContain(0)
  expect(days.filter((day) => day === 6).length).toBeGreaterThan(3)
  expect(new Set(days).size).toBe(6)
  const ours = past.filter(
    (message) => message.to !== undefined || message.to_user_id !== undefined,
  )
  expect(ours.length).toBeGreaterThan(50)
  expect(past.length - ours.length).toBeGreaterThan(50)
})

test('a picture in the past is first announced, then brought with its file', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  await played(desk)
  const past = threadsIn(desk).flatMap(({ messages }) => messages)
  const isOf = (kind: string) => (one: { id: string; type: string }) =>
    one.type === 'media_placeholder' && past.some(({ id, type }) => id === one.id && type === kind)
  const placeholder = past.find(isOf('image'))
  const both = past.filter(({ id }) => id === placeholder?.id)
  expect(both.map(({ type }) => type)).toEqual(['media_placeholder', 'image'])
  const { url } = both[1]?.image as { url: string } // an image has its file
  const bytes = await fetch(url, { headers: { authorization: `Bearer ${desk.account.token}` } })
  expect(bytes.headers.get('content-type')).toBe('image/jpeg')
})

test('what customers write now is never in the future, mostly of the last three hours', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  const { messages } = await played(desk)
  const now = desk.sink.messages().filter(({ type }) => type !== 'system')
  expect(now).toHaveLength(messages)
  const agesMs = now.map(({ timestamp }) => mondayMorning - Number(timestamp) * 1000)
  expect(Math.min(...agesMs)).toBeGreaterThanOrEqual(0)
  expect(agesMs.filter((ageMs) => ageMs < 3 * 3_600_000).length / agesMs.length).toBeGreaterThan(
    0.8,
  )
  const isOld = (from: number, to: number) => (ageMs: number) =>
    ageMs > from * 3_600_000 && ageMs < to * 3_600_000
  expect(agesMs.some(isOld(20, 24))).toBe(true) // its window ends soon
  expect(agesMs.some(isOld(24, 36))).toBe(true) // its window is closed
  const known = new Set(
    threadsIn(desk)
      .flatMap((one) => one.messages)
      .map(({ id }) => id),
  )
  const quoted = now.flatMap(({ context }) => (context as { id?: string } | undefined)?.id ?? [])
  expect(quoted.some((id) => known.has(id))).toBe(true)
  expect(quoted.some((id) => !known.has(id))).toBe(true)
})

test('every kind of message occurs that a console can show', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  await played(desk)
  const past = threadsIn(desk).flatMap(({ messages }) => messages)
  const all: (JsonObject & { type: string })[] = [...past, ...desk.sink.messages()]
  const kinds = new Set(all.map(({ type }) => type))
  for (const kind of [
    'text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'order',
    'button', 'interactive', 'template', 'reaction', 'edit', 'revoke', 'unsupported', 'system',
  ]) expect(kinds, kind).toContain(kind) // prettier-ignore
  const told = JSON.stringify(all)
  for (const part of [
    '"list_reply"', '"button_reply"', '"nfm_reply"', '"voice":true', '"voice":false',
    '"referral"', '"forwarded":true', '"user_changed_number"', '{"type":"poll"}',
  ]) expect(told).toContain(part) // prettier-ignore
  const reactions = all.filter(({ type }) => type === 'reaction')
  expect(reactions.some(({ reaction }) => !('emoji' in (reaction as object)))).toBe(true)
  expect(told).toMatch(/\*\w+:\*.*_\d.*~\w+/)
  const of = (field: string) => desk.sink.values(field).length
  expect([of('calls'), of('user_preferences'), of('user_id_update')]).toEqual([2, 1, 1])
})

test('nobody can be reached who might exist: numbers and addresses are reserved ones', () => {
  const german = /^\+49 (171 39200\d\d|176 040690\d\d)$/
  const abroad = /^\+(44 7700 900\d{3}|353 20 91\d \d{4}|46 70 174 06 \d\d|33 6 39 98 \d\d \d\d)$/
  for (const { person } of cast) {
    if (person.phone !== undefined)
      expect(german.test(person.phone) || abroad.test(person.phone), person.phone).toBe(true)
  }
  const told = JSON.stringify(cast)
  for (const [, host] of told.matchAll(/(?:@|https?:\/\/)([a-z0-9.-]+\.[a-z]+)/g))
    expect(host).toMatch(/\.example$/)
})

test('answers from the firm’s own phone come as echoes, between the messages they answer', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  const { echoes } = await played(desk)
  expect(desk.sink.values('smb_message_echoes')).toHaveLength(echoes)
  expect(echoes).toBeGreaterThan(1)
  const fields = desk.sink.heard.map(({ body }) => body.entry[0]?.changes[0]?.field)
  expect(fields.lastIndexOf('history')).toBeLessThan(fields.indexOf('messages'))
})

test('somebody known by a username alone never shows a phone', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  await played(desk)
  const hers = desk.sink
    .values('messages')
    .filter((value) => JSON.stringify(value.contacts ?? []).includes('@lena.hh'))
  expect(hers.length).toBeGreaterThan(0)
  for (const value of hers) {
    expect(JSON.stringify(value)).not.toMatch(/wa_id|"from":/)
    expect(JSON.stringify(value)).toContain('from_user_id')
  }
})

test('windows are open for who wrote today, and closed for who only has a past', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  await played(desk)
  await desk.text('+49 171 3920011', 'Zwischen 15 und 18 Uhr.')
  await desk.graph(`/${desk.account.numbers[1]?.id}/messages`, {
    messaging_product: 'whatsapp',
    to: '+49 171 3920077',
    text: { body: 'Ihr Ölabscheider ist da.' },
  })
  await desk.control('/clock', { advanceMs: 1000 })
  const statuses = desk.sink
    .statuses()
    .map(({ status, recipient_id }) => `${status} ${String(recipient_id)}`)
  expect(statuses).toContain('read 491713920011')
  expect(statuses).toContain('failed 491713920077')
})

test('the same seed tells the same story, word for word and id for id', async () => {
  const stories = []
  for (const seed of [7, 7, 8]) {
    await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning, seed })
    await played(desk)
    const told = desk.sink.heard.map(({ raw }) =>
      raw.toString().replace(/http:[^"]*media-cdn[^"]*/g, 'link'),
    )
    stories.push(told)
  }
  expect(stories[1]).toEqual(stories[0])
  expect(stories[2]).not.toEqual(stories[0])
})

test('played twice, it brings the same messages again and nobody twice', async () => {
  await using desk = await aDesk({ clock: 'manual', startAtMs: mondayMorning })
  await played(desk)
  const once = new Set(desk.sink.messages().map(({ id }) => id))
  await played(desk)
  expect(new Set(desk.sink.messages().map(({ id }) => id))).toEqual(once)
  expect((await desk.control('/customers')).body.items).toHaveLength(cast.length)
})

test('a scenario nobody knows is refused with the names of those there are', async () => {
  await using desk = await aDesk()
  const { status, body } = await desk.control('/scenario/nope', {})
  expect(status).toBe(404)
  expect(body.error).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('demo') as string,
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, afterAll } from 'vitest'
import type { ContactId, ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { aContact, aConversation, aMessage, aNumber, anId } from '../../core/testing/examples.ts'
import { createAlerts, type AlertChange } from '../alerts/alerts.ts'
import { readAlerts } from '../alerts/read-alerts.ts'
import { watchBudget } from '../alerts/watch-budget.ts'
import { openRates } from '../cost/rates-file.ts'
import { testApp } from '../testing/app.ts'
import { cost } from './cost.ts'

const folder = mkdtempSync(join(tmpdir(), 'kontor-cost-'))
afterAll(() => rmSync(folder, { recursive: true }))
const readRates = openRates(folder)
/** Tuesday noon in Berlin. */
const nowMs = Date.UTC(2026, 10, 24, 11)
const server = await testApp({
  register: (app, { db }) => app.register(cost, { db, readRates, nowMs: () => nowMs }),
})
afterAll(() => server.close())
const [hamburg, vienna] = [aNumber(), aNumber({ phoneNumberId: '106000000000002' })]
const people = {
  german: aContact({ phone: '+4915112345678' }),
  austrian: aContact({ phone: '+436601234567' }),
  nameless: { id: anId<ContactId>(), userId: 'DE.1029', createdAtMs: 1 },
}
const chats = new Map<string, ConversationId>()
let ord = 0

/** So many messages from a number to a contact, delivered one after another. */
async function deliver(
  count: number,
  number: typeof hamburg,
  who: keyof typeof people,
  given: Partial<Message> & { deliveredAtMs?: number } = {},
): Promise<void> {
  const { deliveredAtMs = Date.UTC(2026, 10, 2), ...rest } = given
  const contact = people[who]
  const key = `${number.id} ${who}`
  await server.log.write(async (tx) => {
    if (!chats.has(key)) {
      const row = aConversation({ numberId: number.id, contactId: contact.id })
      chats.set(key, row.id)
      tx.put({ entity: 'conversation', row })
    }
    for (let index = 0; index < count; index += 1) {
      ord += 1
      const row = aMessage({
        id: anId<MessageId>(),
        ord,
        conversationId: chats.get(key)!,
        numberId: number.id,
        direction: 'out',
        status: 'delivered',
        statusAt: { delivered: deliveredAtMs + index },
        ...rest,
      })
      tx.put({ entity: 'message', row })
    }
  })
}

await server.log.write(async (tx) => {
  for (const row of [hamburg, vienna]) tx.put({ entity: 'number', row })
  for (const row of Object.values(people)) tx.put({ entity: 'contact', row })
})
const marketing = {
  type: 'template' as const,
  template: { name: 'angebot', language: 'de', category: 'MARKETING', params: [] },
}
await deliver(998, hamburg, 'german')
await deliver(4, hamburg, 'austrian', { deliveredAtMs: Date.UTC(2026, 10, 3) })
await deliver(3, hamburg, 'nameless', { deliveredAtMs: Date.UTC(2026, 10, 4) })
await deliver(7, vienna, 'austrian')
await deliver(2, vienna, 'german', { ...marketing, deliveredAtMs: Date.UTC(2026, 10, 20) })
await deliver(1, vienna, 'german', { ...marketing, deliveredAtMs: Date.UTC(2026, 8, 20) })
await deliver(1, vienna, 'german', { status: 'sent', statusAt: { sent: nowMs } })
await deliver(1, vienna, 'german', { type: 'reaction' })
await deliver(1, vienna, 'german', { direction: 'in', status: 'received' })

const { token } = await server.person('administrator')
const asked = (query = '') => server.ask('GET', `/api/v1/cost${query}`, { token })
const alertsOf = (changes: AlertChange[]) =>
  createAlerts({ db: server.db, nowMs: () => nowMs, onChange: (one) => void changes.push(one) })

test('this month so far, by number, country and category', async () => {
  const { status, body } = await asked()
  expect(status).toBe(200)
  expect(body).toMatchObject({
    from: '2026-11-01',
    to: '2026-11-24',
    currency: 'USD',
    timeZone: 'Europe/Berlin',
    // Two too many to Austria, three to Germany, and two templates.
    amountMicros: 2 * 17_100 + 3 * 55_000 + 2 * 136_500,
    budget: null,
    rates: { origin: 'shipped', validFrom: '2026-10-01', freeServiceMessages: 1000 },
  })
  const lines = body.items.map((item: Record<string, unknown>) => [
    item.numberId === hamburg.id ? 'Hamburg' : 'Vienna',
    ...[item.country, item.category, item.messages, item.free, item.billed, item.amountMicros],
  ])
  expect(lines).toEqual([
    ['Vienna', 'DE', 'marketing', 2, 0, 2, 273_000],
    ['Hamburg', 'DE', 'service', 1001, 998, 3, 165_000],
    ['Hamburg', 'AT', 'service', 4, 2, 2, 34_200],
    ['Vienna', 'AT', 'service', 7, 7, 0, 0],
  ])
  expect(body.forecastMicros).toBeGreaterThan(body.amountMicros)
})

test('days and one number can be asked for; what was free before them stays used up', async () => {
  const { body } = await asked(`?from=2026-11-04&to=2026-11-30&number=${hamburg.id}`)
  expect(body).toMatchObject({ from: '2026-11-04', to: '2026-11-30', forecastMicros: null })
  expect(body.items).toMatchObject([{ country: 'DE', messages: 3, free: 0, billed: 3 }])
  const before = await asked('?from=2026-09-01&to=2026-09-30')
  expect(before.body).toMatchObject({ amountMicros: 0, items: [{ unpriced: 1, billed: 0 }] })
})

test('days that are none, or the wrong way round, are named', async () => {
  for (const [query, at] of [
    ['?from=2026-02-30', '/querystring/from'],
    ['?from=2026-11-05&to=2026-11-04', '/querystring/to'],
    ['?from=yesterday', '/querystring/from'],
  ]) {
    const { status, body } = await asked(query)
    expect([status, body.error.details.at]).toEqual([400, at])
  }
})

test('agents see no cost; supervisors see it and set no budget', async () => {
  const agent = await server.person('agent')
  expect((await server.ask('GET', '/api/v1/cost', agent)).status).toBe(403)
  const supervisor = await server.person('supervisor')
  expect((await server.ask('GET', '/api/v1/cost', supervisor)).status).toBe(200)
  const wish = { ...supervisor, body: { budget: null } }
  expect((await server.ask('PUT', '/api/v1/cost/budget', wish)).status).toBe(403)
})

test('each part of the budget raises its alarm once a month, and a lower budget none twice', async () => {
  const changes: AlertChange[] = []
  const watched = { db: server.db, alerts: alertsOf(changes), readRates, nowMs: () => nowMs }
  const set = (budget: object | null) =>
    server.ask('PUT', '/api/v1/cost/budget', { token, body: { budget } })
  await watchBudget(watched)
  expect(changes).toEqual([])
  expect((await set({ amountMicros: 550_000, thresholds: [80, 100] })).status).toBe(200)
  await watchBudget(watched)
  await watchBudget(watched)
  expect(changes).toMatchObject([
    { kind: 'budget-reached', subject: '2026-11 80', isRaised: true, details: { percent: 80 } },
  ])
  expect((await asked()).body.budget).toMatchObject({ amountMicros: 550_000, reached: [80] })
  await set({ amountMicros: 400_000, thresholds: [80, 100] })
  await watchBudget(watched)
  expect(changes.map(({ subject }) => subject)).toEqual(['2026-11 80', '2026-11 100'])
  await watchBudget({ ...watched, nowMs: () => Date.UTC(2026, 11, 1) })
  expect(await readAlerts(server.db, 'open')).toEqual([])
  expect((await set({ amountMicros: 0, thresholds: [80] })).body.error.details.at).toBe(
    '/body/budget/amountMicros',
  )
  await set(null)
  expect((await asked()).body.budget).toBeNull()
})

test('rates that were edited count at once, and a mistake in them is told with the answer', async () => {
  writeFileSync(join(folder, 'rates.toml'), 'currency = "EUR"')
  const { status, body } = await asked()
  expect([status, body.currency]).toEqual([200, 'USD'])
  expect(body.rates.problem).toMatch(/time_zone is needed/)
})

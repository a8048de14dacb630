import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRig, type Rig } from './rig.ts'
import {
  crashed,
  doubtful,
  pairLimit,
  refused,
  repeatable,
  reported,
  through,
  type Case,
} from './send-cases.ts'
import {
  accepted,
  allMessages,
  conversations,
  repeated,
  textsOnPhones,
  type Message,
} from './witness.ts'

/** A send that fails in every way there is: the platform takes it once at most, and its end is told as far as anyone knows it. */

const soon = { timeout: 20_000, interval: 50 }
/** A lease, and then as long again for a report to come. */
const untilGivenUp = { timeout: 100_000, interval: 250 }
const limitMs = 110_000
let rig: Rig

beforeAll(async () => {
  rig = await openRig({ seed: 13 })
  await rig.start()
})
afterAll(() => rig.close())

/** Begun first, because nothing can be said of them for a minute. */
const begun: { id: string; one: Case }[] = []

test(
  'a message whose call went wrong is still under way',
  async () => {
    for (const one of doubtful) begun.push({ id: await begin(one), one })
    begun.push({ id: await beginAndCrash({ kind: 'drop-status' }), one: crashed(['uncertain']) })
    for (const { id, one } of begun) expect(await statusOf(id), one.name).toBe('sending')
    begun.push({ id: await beginAndCrash(), one: crashed(through) })
  },
  limitMs,
)

test.each([...reported, ...repeatable, pairLimit, ...refused])(
  '$name',
  async (one) => {
    const id = await begin(one)
    await expect
      .poll(() => statusOf(id), untilGivenUp)
      .toSatisfy((is: string) => one.ends.includes(is))
    expect(await timesAccepted(id)).toBe(one.accepts)
  },
  limitMs,
)

test(
  'one conversation leaves in the order it was written, whatever is refused on the way',
  async () => {
    const conversationId = await someone()
    await rig.control.post('/faults', { kind: 'error', code: 130429, probability: 0.4, count: 5 })
    const words = Array.from({ length: 8 }, (_, index) => `der Reihe nach ${index}`)
    const ids: string[] = []
    for (const text of words) ids.push(await reply(conversationId, text))
    await expect.poll(() => isThrough(ids.at(-1)), untilGivenUp).toBe(true)
    await rig.control.delete('/faults')
    expect((await textsOnPhones(rig)).filter((text) => words.includes(text))).toEqual(words)
  },
  limitMs,
)

test(
  'a token that is refused holds everything back, in order, until there is one that is not',
  async () => {
    const conversationId = await someone()
    await rig.control.patch('/account', { isTokenExpired: true })
    const words = ['eins', 'zwei', 'drei']
    const ids: string[] = []
    for (const text of words) ids.push(await reply(conversationId, text))
    const health = async () =>
      (await rig.api().get<{ items: { health: string }[] }>('/numbers')).items.map(
        (number) => number.health,
      )
    await expect.poll(health, soon).toContain('paused')
    for (const id of ids) expect(await timesAccepted(id)).toBe(0)
    await rig.stop()
    await rig.control.patch('/account', { isTokenExpired: false })
    await rig.start()
    await expect.poll(() => isThrough(ids.at(-1)), untilGivenUp).toBe(true)
    expect((await textsOnPhones(rig)).filter((text) => words.includes(text))).toEqual(words)
    for (const id of ids) expect(await timesAccepted(id)).toBe(1)
  },
  limitMs,
)

test(
  'what nobody can know stays a question, and is not asked twice',
  async () => {
    for (const { id, one } of begun) {
      await expect
        .poll(() => statusOf(id), { ...untilGivenUp, message: one.name })
        .toSatisfy((is: string) => one.ends.includes(is))
      expect(await timesAccepted(id), one.name).toBe(one.accepts)
    }
  },
  limitMs,
)

test('P6, row 13: in all of this the platform took nothing twice', async () => {
  const calledBack = (await accepted(rig)).map(({ callbackData }) => callbackData)
  expect(calledBack.length).toBeGreaterThan(10)
  expect(repeated(calledBack)).toEqual([])
  const sentOut = (await allMessages(rig)).filter(
    ({ direction, status }) => direction === 'out' && through.includes(status),
  )
  expect(sentOut.map(({ id }) => id).filter((id) => !calledBack.includes(id))).toEqual([])
})

/** Sends into the faults, and takes them away once they have struck. */
async function begin({ faults }: Case): Promise<string> {
  const conversationId = await someone()
  for (const fault of faults) await rig.control.post('/faults', fault)
  const id = await reply(conversationId, `Antwort an ${conversationId}`)
  await expect.poll(haveStruck, soon).toBe(true)
  if (!faults.some((fault) => 'kind' in fault && fault.kind === 'drop-status')) return id
  await expect.poll(statusesAreOver(), soon).toBe(true)
  await rig.control.delete('/faults')
  return id
}

async function beginAndCrash(more?: object): Promise<string> {
  const conversationId = await someone()
  if (more) await rig.control.post('/faults', more)
  await rig.control.post('/faults', { kind: 'slow-after-accept', count: 1, delayMs: 3000 })
  const id = await reply(conversationId, `Letzte Worte an ${conversationId}`)
  await expect.poll(() => timesAccepted(id), soon).toBe(1)
  await rig.kill()
  await expect.poll(statusesAreOver(), soon).toBe(true)
  await rig.control.delete('/faults')
  await rig.start()
  return id
}

/** Faults with a count are gone when they are used up. */
async function haveStruck(): Promise<boolean> {
  const { items } = await rig.control.get<{ items: { count?: number }[] }>('/faults')
  return items.every(({ count }) => count === undefined)
}

/** Every report of what was accepted until now has been made or dropped. */
function statusesAreOver(): () => Promise<boolean> {
  const untilMs = Date.now() + 500 // the platform's latencies are a fifth of that
  return async () => Date.now() > untilMs
}

let people = 0

async function someone(): Promise<string> {
  people += 1
  const name = `Person ${people}`
  const phone = `+4915180000${String(people).padStart(3, '0')}`
  const { id } = await rig.control.post<{ id: string }>('/customers', { name, phone, reads: true })
  const text = { type: 'text', text: { body: 'Hallo?' } }
  await rig.control.post(`/customers/${id}/messages`, text)
  const mine = async () =>
    (await conversations(rig)).find(({ contact }) => contact.name === name)?.id
  await expect.poll(mine, soon).toBeDefined()
  return (await mine()) ?? ''
}

async function reply(conversationId: string, text: string): Promise<string> {
  const body = { type: 'text', text }
  return (await rig.api().post<Message>(`/conversations/${conversationId}/messages`, body)).id
}

async function statusOf(id: string | undefined): Promise<string> {
  return (await allMessages(rig)).find((one) => one.id === id)?.status ?? 'missing'
}

async function isThrough(id: string | undefined): Promise<boolean> {
  return through.includes(await statusOf(id))
}

async function timesAccepted(id: string): Promise<number> {
  return (await accepted(rig)).filter(({ callbackData }) => callbackData === id).length
}

import { createHash, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../../simulator/world/random.ts'
import { corpusSeed, damaged, odd, textBody, unreadable } from './corpus.ts'
import { isFull, openRig, signatureOf, type Rig } from './rig.ts'
import { allMessages } from './witness.ts'

/** Whatever comes to the webhook address: the server stands, keeps what was signed, and goes on. */

const seed = Number(process.env.KONTOR_TEST_SEED ?? 1)
const rounds = isFull ? 5000 : 200
const soon = { timeout: 20_000, interval: 50 }
let rig: Rig
let customer: string

beforeAll(async () => {
  rig = await openRig({ seed: corpusSeed })
  await rig.start()
  customer = (await rig.control.post<{ id: string }>('/customers', { name: 'Ada' })).id
})
afterAll(() => rig.close())

beforeEach(() => {
  expect(rig.isRunning()).toBe(true)
})

test.each(unreadable)('%s: answered 200, kept, and said to be unreadable', async (_, body) => {
  const bytes = Buffer.from(body)
  expect(await rig.post(bytes)).toBe(200)
  const kept = await deliveryOf(bytes)
  expect(kept).toMatchObject({ state: 'failed', sizeBytes: bytes.length })
  expect(kept?.error).toBeTruthy()
  await goodMessageArrives()
})

test.each(odd)('%s: answered 200, kept, and every part accounted for', async (_, body) => {
  const bytes = Buffer.from(body)
  expect(await rig.post(bytes)).toBe(200)
  const kept = await deliveryOf(bytes)
  expect(kept?.sizeBytes).toBe(bytes.length)
  expect(kept?.attempts).toBe(0)
  for (const { outcome, reason } of kept?.parts ?? [])
    if (outcome === 'failed' || outcome === 'ignored') expect(reason).toBeTruthy()
  await goodMessageArrives()
})

test('what can be read of a message is shown, whatever it has in it', async () => {
  const bodies = [
    textBody({ id: 'wamid.SHOWN1', text: { body: 'a\u0000b' } }),
    textBody({ id: 'wamid.SHOWN2' }).replace('Hallo!', 'x\\ud83d'),
    textBody({ id: 'wamid.SHOWN3', type: 'hologram', hologram: {} }),
  ]
  for (const body of bodies) expect(await rig.post(Buffer.from(body))).toBe(200)
  const shown = async () =>
    (await allMessages(rig))
      .filter(({ wamid }) => wamid?.startsWith('wamid.SHOWN'))
      .map(({ type, text }) => `${type} ${text ?? ''}`)
      .sort()
  await expect.poll(shown, soon).toEqual(['text ab', 'text x\ufffd', 'unsupported '])
})

test('row 11: what is not signed by WhatsApp is refused and leaves nothing', async () => {
  const bytes = Buffer.from(textBody({ id: 'wamid.FORGED' }))
  const right = signatureOf(bytes, 'another secret')['x-hub-signature-256'] ?? ''
  const wrong: Record<string, string>[] = [
    {},
    { 'x-hub-signature-256': '' },
    { 'x-hub-signature-256': right },
    { 'x-hub-signature-256': right.replace('sha256=', '') },
    { 'x-hub-signature-256': 'sha256=' },
    { 'x-hub-signature-256': `sha256=${'z'.repeat(64)}` },
    { 'x-hub-signature-256': `sha256=${'0'.repeat(1000)}` },
    { 'x-hub-signature': right.replace('sha256', 'sha1') },
  ]
  for (const headers of wrong) expect(await rig.post(bytes, headers)).toBe(401)
  await goodMessageArrives()
  expect(await findDelivery(bytes)).toBeUndefined()
})

test('more than 4 MB is refused, just under it is kept', async () => {
  const padded = (length: number) => Buffer.from(textBody({ id: 'wamid.HUGE' }).padEnd(length))
  const under = padded(4 * 1024 * 1024)
  expect(await announceBody(under.length + 1)).toBe(413)
  expect(await rig.post(under)).toBe(200)
  expect(await deliveryOf(under)).toMatchObject({ state: 'done', sizeBytes: under.length })
  await goodMessageArrives()
})

test(
  `${rounds} damaged calls: each answered 200, kept, and none tried in vain`,
  { timeout: 30_000 + rounds * 50 },
  async () => {
    const random = createRandom(seed)
    for (let count = 0; count < rounds; count += 20) {
      const some = Array.from({ length: 20 }, (_, index) => damaged(random, count + index))
      expect(await Promise.all(some.map((bytes) => rig.post(bytes)))).toEqual(some.map(() => 200))
      if (count % 100 === 0) await goodMessageArrives()
    }
    await goodMessageArrives()
    const { items } = await rig.api().get<{ items: Delivery[] }>('/deliveries?limit=100')
    expect(items.filter(({ state, attempts }) => state === 'received' || attempts > 0)).toEqual([])
  },
)

/** The answer to a body of that length, of which nothing is sent: who is refused early need not see all of it off. */
function announceBody(length: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': length }
    const asked = request(`${rig.url()}/webhooks/whatsapp`, { method: 'POST', headers })
    asked.on('response', ({ statusCode }) => {
      resolve(statusCode)
      asked.destroy()
    })
    asked.on('error', reject)
    asked.flushHeaders()
  })
}

type Delivery = {
  id: string
  state: string
  attempts: number
  error?: string
  sha256: string
  sizeBytes: number | null
  parts: { outcome: string; reason?: string }[]
}

async function findDelivery(bytes: Buffer): Promise<Delivery | undefined> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { items } = await rig.api().get<{ items: Delivery[] }>('/deliveries?limit=20')
  return items.find((delivery) => delivery.sha256 === sha256)
}

/** The ledger's word on it, once it has been read. */
async function deliveryOf(bytes: Buffer): Promise<Delivery | undefined> {
  const state = async () => (await findDelivery(bytes))?.state ?? 'missing'
  await expect.poll(state, soon).toMatch(/done|failed/)
  return findDelivery(bytes)
}

async function goodMessageArrives(): Promise<void> {
  const body = `gut ${randomUUID()}`
  await rig.control.post(`/customers/${customer}/messages`, { type: 'text', text: { body } })
  const texts = async () => (await allMessages(rig)).map(({ text }) => text)
  await expect.poll(texts, soon).toContain(body)
}

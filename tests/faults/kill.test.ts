import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../server/store/database.ts'
import { startEmbedded } from '../../server/store/embedded.ts'
import { createRandom } from '../../simulator/world/random.ts'
import { Replies } from './replies.ts'
import { openRig, type Rig } from './rig.ts'

/** Fewer in a hurry: KONTOR_TEST_KILLS=3. Another course of events: KONTOR_TEST_SEED=7. */
const kills = Number(process.env.KONTOR_TEST_KILLS ?? 30)
const seed = Number(process.env.KONTOR_TEST_SEED ?? 1)
const load = { perSecond: 8, customers: 6 }
const replyPauseMs = 250
/** Slow and broken answers, and little news later, so that there is often a send whose end nobody tells. */
const faults = [
  { kind: 'slow', path: '/messages', probability: 0.5, delayMs: 300 },
  { kind: 'timeout-after-accept', probability: 0.1, delayMs: 300 },
  { kind: 'drop-status', probability: 0.8 },
]
/** From the ready line to the kill: in the first work after a start, or in its stride. */
const livesMs = { shortest: 20, longest: 2_500 }
const limitMs = 8 * 60_000
const settleMs = 120_000

type Message = { id: string; wamid?: string; direction: string; text?: string; status: string }
const ends = ['accepted', 'sent', 'delivered', 'read', 'uncertain']

test(
  `killed ${kills} times under load, nothing is lost, doubled or left hanging`,
  async () => {
    const random = createRandom(seed)
    const rig = await openRig(seed)
    onTestFinished(() => rig.close())
    await rig.start()
    await rig.control.post('/load', { ...load, seconds: limitMs / 1000 })
    for (const fault of faults) await rig.control.post('/faults', fault)
    const replies = new Replies(rig.api, replyPauseMs)

    for (let kill = 0; kill < kills; kill += 1) {
      const lifeMs = livesMs.shortest + random.next() * (livesMs.longest - livesMs.shortest)
      await new Promise((resolve) => setTimeout(resolve, lifeMs))
      await rig.kill()
      await rig.start()
    }
    await rig.control.delete('/load')
    await rig.control.delete('/faults')
    await replies.finish()
    await webhooksAnswered(rig)
    await expect.poll(() => openReplies(rig), { timeout: settleMs, interval: 500 }).toEqual([])

    const messages = await allMessages(rig)
    const written = await writtenByCustomers(rig)
    const stored = messages.filter(({ direction }) => direction === 'in').map(({ wamid }) => wamid)
    expect(written.length).toBeGreaterThan(kills)
    expect([...stored].sort()).toEqual([...written].sort())

    const accepted = (
      await rig.control.get<{ items: { callbackData: string; wamid: string }[] }>('/accepted')
    ).items.map(({ callbackData }) => callbackData)
    expect(repeated(accepted)).toEqual([])
    expect(repeated(await textsOnPhones(rig))).toEqual([])

    const outgoing = messages.filter(({ direction }) => direction === 'out')
    const status = new Map(outgoing.map((message) => [message.id, message.status]))
    expect(outgoing.map(({ text }) => text).sort()).toEqual(
      replies.accepted.map(({ text }) => text).sort(),
    )
    for (const { messageId } of replies.accepted) expect(ends).toContain(status.get(messageId))
    const sentOut = outgoing.filter((message) => message.status !== 'uncertain')
    expect(sentOut.map(({ id }) => id).filter((id) => !accepted.includes(id))).toEqual([])

    await rig.stop()
    await rig.start()
    await rig.stop()
    const { head, first, last, count } = await logIn(rig)
    expect({ first, last, count }).toEqual({ first: 1, last: head, count: head })
  },
  limitMs + settleMs,
)

/** Every webhook the platform has was answered 200. */
async function webhooksAnswered(rig: Rig): Promise<void> {
  const waiting = async () => {
    const counts = await rig.control.get<{ waiting: number; inFlight: number }>('/outbox')
    return counts.waiting + counts.inFlight
  }
  await expect.poll(waiting, { timeout: settleMs, interval: 200 }).toBe(0)
}

async function openReplies(rig: Rig): Promise<Message[]> {
  const outgoing = (await allMessages(rig)).filter(({ direction }) => direction === 'out')
  return outgoing.filter(({ status }) => !ends.includes(status))
}

async function allMessages(rig: Rig): Promise<Message[]> {
  const conversations = await rig.api().list<{ id: string }>('/conversations')
  const lists = conversations.map(({ id }) =>
    rig.api().list<Message>(`/conversations/${id}/messages`),
  )
  return (await Promise.all(lists)).flat()
}

async function customers(rig: Rig): Promise<{ id: string }[]> {
  return (await rig.control.get<{ items: { id: string }[] }>('/customers')).items
}

async function writtenByCustomers(rig: Rig): Promise<string[]> {
  const people = (await customers(rig)).map(({ id }) =>
    rig.control.get<{ wrote: { wamid: string }[] }>(`/customers/${id}`),
  )
  return (await Promise.all(people)).flatMap(({ wrote }) => wrote.map(({ wamid }) => wamid))
}

async function textsOnPhones(rig: Rig): Promise<string[]> {
  const phones = (await customers(rig)).map(({ id }) =>
    rig.control.get<{ items: { text: { body: string } }[] }>(`/customers/${id}/messages`),
  )
  return (await Promise.all(phones)).flatMap(({ items }) => items.map(({ text }) => text.body))
}

function repeated(items: string[]): string[] {
  return items.filter((item, at) => items.indexOf(item) !== at)
}

/** The change log as it lies in the stopped server's database. */
async function logIn(rig: Rig): Promise<Record<string, number | undefined>> {
  const database = await startEmbedded({ dataDir: join(rig.folder, 'server') })
  const db = openDatabase(database.url, { maxConnections: 1 })
  try {
    const { rows } = await sql<{ head: string; first: string; last: string; count: string }>`
      select lane.head, min(seq) as first, max(seq) as last, count(*) as count
      from lane join change on change.lane = lane.lane group by lane.head`.execute(db)
    const [row] = rows
    const [head, first, last, count] = [row?.head, row?.first, row?.last, row?.count].map(Number)
    return { head, first, last, count }
  } finally {
    await db.destroy()
    await database.stop()
  }
}

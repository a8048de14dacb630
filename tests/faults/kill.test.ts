import { expect, onTestFinished, test } from 'vitest'
import { createRandom } from '../../simulator/world/random.ts'
import { Replies } from './replies.ts'
import { isFull, openRig, type Rig } from './rig.ts'
import { sharedRowsOf } from '../support/rows.ts'
import { sitDownAt } from './seat.ts'
import {
  accepted,
  allMessages,
  logIn,
  repeated,
  textsOnPhones,
  webhooksAnswered,
  writtenByCustomers,
  type Message,
} from './witness.ts'

/** Another number of kills: KONTOR_TEST_KILLS=3. Another course of events: KONTOR_TEST_SEED=7. */
const kills = Number(process.env.KONTOR_TEST_KILLS ?? (isFull ? 200 : 5))
const seed = Number(process.env.KONTOR_TEST_SEED ?? 1)
const load = { perSecond: 8, customers: 6 }
const replyPauseMs = 250
const notePauseMs = 400
/** Slow and broken answers, and little news later, so that there is often a send whose end nobody tells. */
const faults = [
  { kind: 'slow', path: '/messages', probability: 0.5, delayMs: 300 },
  { kind: 'timeout-after-accept', probability: 0.1, delayMs: 300 },
  { kind: 'duplicate', probability: 0.1 },
  { kind: 'drop-status', probability: 0.8 },
]
/** From the ready line to the kill. */
const livesMs = { shortest: 50, longest: 500 }
const limitMs = 60_000 + kills * 8_000
const settleMs = 120_000

const ends = ['accepted', 'sent', 'delivered', 'read', 'uncertain']

test(
  `P1, P3, P6, row 1: killed ${kills} times under load, nothing is lost, doubled or left hanging`,
  async () => {
    const random = createRandom(seed)
    const rig = await openRig({ seed })
    onTestFinished(() => rig.close())
    await rig.start()
    const seat = await sitDownAt(rig)
    onTestFinished(() => seat.close())
    await rig.control.post('/load', { ...load, seconds: Math.min(3600, limitMs / 1000) })
    for (const fault of faults) await rig.control.post('/faults', fault)
    const replies = new Replies(rig.api, replyPauseMs)
    const endNotes = seat.keepNoting(notePauseMs)

    for (let kill = 0; kill < kills; kill += 1) {
      const lifeMs = livesMs.shortest + random.next() * (livesMs.longest - livesMs.shortest)
      await new Promise((resolve) => setTimeout(resolve, lifeMs))
      await rig.kill()
      await rig.start()
    }
    await rig.control.delete('/load')
    await rig.control.delete('/faults')
    await replies.finish()
    const notes = await endNotes()
    await webhooksAnswered(rig)
    await expect.poll(() => openReplies(rig), { timeout: settleMs, interval: 500 }).toEqual([])

    const messages = await allMessages(rig)
    const written = await writtenByCustomers(rig)
    const stored = messages.filter(({ direction }) => direction === 'in').map(({ wamid }) => wamid)
    expect(written.length).toBeGreaterThan(kills)
    expect([...stored].sort()).toEqual([...written].sort())

    expect(replies.accepted.length).toBeGreaterThan(0)
    const calledBack = (await accepted(rig)).map(({ callbackData }) => callbackData)
    expect(repeated(calledBack)).toEqual([])
    expect(repeated(await textsOnPhones(rig))).toEqual([])

    const outgoing = messages.filter(({ direction }) => direction === 'out')
    const status = new Map(outgoing.map((message) => [message.id, message.status]))
    expect(outgoing.map(({ text }) => text).sort()).toEqual(
      replies.accepted.map(({ text }) => text).sort(),
    )
    for (const { messageId } of replies.accepted) expect(ends).toContain(status.get(messageId))
    const sentOut = outgoing.filter((message) => message.status !== 'uncertain')
    expect(sentOut.map(({ id }) => id).filter((id) => !calledBack.includes(id))).toEqual([])

    const { replica } = seat.desk
    await expect.poll(() => replica.outbox.pending.length, { timeout: 30_000 }).toBe(0)
    const noted = (await allMessages(rig)).filter(({ direction }) => direction === 'note')
    expect(noted.map(({ text }) => text).sort()).toEqual([...notes].sort())
    const fresh = await sitDownAt(rig)
    onTestFinished(() => fresh.close())
    await expect.poll(() => fresh.desk.link.isSynced, { timeout: 30_000 }).toBe(true)
    const held = () => sharedRowsOf(seat.desk.replica, fresh.desk.replica)
    await expect.poll(held, { timeout: 30_000 }).toEqual(fresh.rows())
    expect(fresh.rows().length).toBeGreaterThan(kills)

    await rig.stop()
    await rig.start()
    await rig.stop()
    const { head, first, last, count } = await logIn(rig)
    expect({ first, last, count }).toEqual({ first: 1, last: head, count: head })
  },
  limitMs + settleMs,
)

async function openReplies(rig: Rig): Promise<Message[]> {
  const outgoing = (await allMessages(rig)).filter(({ direction }) => direction === 'out')
  return outgoing.filter(({ status }) => !ends.includes(status))
}

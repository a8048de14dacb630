import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { aMachine } from '../support/desks.ts'
import { Proxy, type Weather } from './proxy.ts'
import { isFull } from './rig.ts'
import { openSmallFirm, type Seat } from './small-firm.ts'

/** A console and a server with a network between them that misbehaves. */

const soon = { timeout: 30_000, interval: 20 }
/** A console's clock runs this much faster than the wall's, so that no test waits out a real silence. */
const haste = 20
/** For a machine that has other things to do. */
const graceMs = 1500
const detectionMs = 35_000
const flapping = isFull ? { rounds: 150, everyMs: 1000 } : { rounds: 12, everyMs: 250 }

const { db } = await testDatabase()
let firm: Awaited<ReturnType<typeof openSmallFirm>>
beforeAll(async () => {
  firm = await openSmallFirm(db)
})
afterAll(() => firm.server.close())

/** Somebody behind the proxy, whose timers ring early; waits are drawn at random as in life. */
async function sitDownBehind(proxy: Proxy, speed = haste): Promise<Seat> {
  const disk = createMemoryDisk()
  const { platform } = aMachine(disk, [])
  const after: typeof platform.after = (delayMs, call) => platform.after(delayMs / speed, call)
  const seat = await firm.sitDown(
    disk,
    { platform: { ...platform, random: Math.random, after } },
    proxy.port,
  )
  onTestFinished(() => seat.close())
  seat.desk.link.start()
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat
}

async function aProxy(): Promise<Proxy> {
  const proxy = await Proxy.before(firm.server.port)
  onTestFinished(() => proxy.close())
  return proxy
}

/** Nothing waits, every note is there once, in order, and the rows are the server's. */
async function hasConverged(seat: Seat, written: readonly string[]): Promise<void> {
  await expect.poll(() => seat.replica.outbox.pending, soon).toEqual([])
  const { rows, notes } = await firm.truth()
  expect(notes.filter((note) => written.includes(note))).toEqual([...written].sort())
  await expect.poll(() => seat.rows(), soon).toEqual(rows)
}

const troubles: [string, Partial<Weather>][] = [
  ['cut off', { isDown: true }],
  ['half open: what the console says is lost', { swallows: ['up'] }],
  ['half open: what the server says is lost', { swallows: ['down'] }],
  ['silent in both directions', { swallows: ['up', 'down'] }],
  ['frozen in the middle of a frame', { freezesAfter: 400 }],
  ['reset in the middle of a frame', { resetsAfter: 400 }],
]

test.each(troubles)(
  'P3, P4, row 7: a line that is %s is noticed within 35 seconds, and every note arrives once',
  async (name, weather) => {
    const proxy = await aProxy()
    const seat = await sitDownBehind(proxy)
    const written = [`vorher ${name}`]
    await seat.note(`vorher ${name}`)
    await hasConverged(seat, written)

    proxy.change(weather)
    const startedAtMs = Date.now()
    for (const count of [1, 2, 3]) {
      written.push(`${count} während ${name}`)
      await seat.note(`${count} während ${name}`)
    }
    await expect.poll(() => seat.desk.link.isOnline, soon).toBe(false)
    expect(Date.now() - startedAtMs).toBeLessThan(detectionMs / haste + graceMs)
    proxy.change({})
    await hasConverged(seat, written)
  },
  60_000,
)

test('P3, P4, row 7: over a slow line everything arrives once, late', async () => {
  const proxy = await aProxy()
  const seat = await sitDownBehind(proxy)
  proxy.change({ latencyMs: 150, perSecond: 8000 })
  const written = Array.from({ length: 10 }, (_, at) => `langsam ${at}`)
  for (const text of written) await seat.note(text)
  await hasConverged(seat, written)
})

test('P3, P4, P10, row 8: a network that comes and goes is not hammered, and all arrives in the end', async () => {
  const proxy = await aProxy()
  const seat = await sitDownBehind(proxy, 1000 / flapping.everyMs)
  const [written, before]: [string[], number] = [[], proxy.arrivalsMs.length]
  for (let round = 0; round < flapping.rounds; round += 1) {
    proxy.change({ isDown: round % 2 === 0 })
    written.push(`Runde ${round}`)
    await seat.note(`Runde ${round}`)
    await new Promise((resolve) => setTimeout(resolve, flapping.everyMs))
  }
  proxy.change({})
  await hasConverged(seat, written)
  expect(proxy.arrivalsMs.length - before).toBeLessThan(3 * flapping.rounds)
}, 400_000)

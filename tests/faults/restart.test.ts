import { expect, onTestFinished, test } from 'vitest'
import { openRig } from './rig.ts'
import { sitDownAt, type Seat } from './seat.ts'

const consoles = 8
/** From the moment the server can serve again. */
const backWithinMs = 10_000

test('P10: after a restart of the server every console is back within ten seconds, with all its work', async () => {
  const rig = await openRig({ seed: 3 })
  onTestFinished(() => rig.close())
  await rig.start()
  await rig.control.post('/load', { perSecond: 4, customers: 4, seconds: 5 })
  const seats: Seat[] = []
  for (let count = 0; count < consoles; count += 1) {
    const seat = await sitDownAt(rig)
    onTestFinished(() => seat.close())
    seats.push(seat)
  }
  const areBack = () => seats.every(({ desk }) => desk.link.isSynced)
  await expect.poll(areBack, { timeout: 30_000, interval: 50 }).toBe(true)
  const endings = seats.map((seat) => seat.keepNoting(200))
  await rig.stop()
  await expect.poll(() => seats.some(({ desk }) => desk.link.isOnline)).toBe(false)

  await rig.start()
  const servedAtMs = performance.now()
  await expect.poll(areBack, { timeout: backWithinMs + 20_000, interval: 50 }).toBe(true)
  expect(performance.now() - servedAtMs).toBeLessThan(backWithinMs)

  await Promise.all(endings.map((end) => end()))
  const isDone = () => seats.every(({ desk }) => desk.replica.outbox.pending.length === 0)
  await expect.poll(isDone, { timeout: 30_000, interval: 50 }).toBe(true)
  const [first, ...others] = seats
  const rows = () => seats.map((seat) => seat.rows().length)
  await expect.poll(() => new Set(rows()).size, { timeout: 30_000, interval: 100 }).toBe(1)
  for (const other of others) expect(other.rows()).toEqual(first!.rows())
}, 180_000)

import { expect, test } from 'vitest'
import { createWorld } from '../../world/world.ts'
import { ManualClock } from '../../world/clock.ts'
import { player } from './play.ts'
import { stories } from './stories.ts'

const startMs = Date.UTC(2026, 10, 24, 9)
const minuteMs = 60_000

function aWorld() {
  const clock = new ManualClock(startMs)
  const report = (bug: unknown) => {
    throw bug
  }
  const world = createWorld({ seed: 1, clock, report })
  const [number] = [...world.numbers.values()]
  return { world, clock, number: number! }
}

test('the steps of a story come one after the other, and all at once when that is asked for', async () => {
  const { world, clock, number } = aWorld()
  const { steps } = await player(stories['quality-drop'])(world, { everyMs: minuteMs })
  expect(steps).toEqual([
    { name: 'quality-medium', atMs: startMs },
    { name: 'template-better', atMs: startMs + minuteMs },
    { name: 'quality-high', atMs: startMs + 2 * minuteMs },
  ])
  await clock.advance(minuteMs, async () => undefined)
  expect(number.quality_rating).toBe('YELLOW')
  await clock.advance(minuteMs, async () => undefined)
  expect(number.quality_rating).toBe('GREEN')
  await player(stories['limit-upgrade'])(world, { atOnce: true })
  expect([world.account.messagingLimit, number.throughput.level]).toEqual([
    'TIER_UNLIMITED',
    'HIGH',
  ])
})

test('another story calls off what is still to come, and tells its past at its own time', async () => {
  const { world, clock, number } = aWorld()
  await player(stories['payment-failure'])(world, { everyMs: minuteMs })
  await clock.advance(1, async () => undefined)
  await player(stories.flagged)(world, { everyMs: minuteMs })
  await clock.advance(10 * minuteMs, async () => undefined)
  expect(world.account.hasPaymentMethod).toBe(false)
  expect(number).toMatchObject({ quality_rating: 'GREEN', status: 'CONNECTED' })
  await expect(player(stories.ban)(world, { numberId: '1' })).rejects.toThrow('no such number')
  await expect(player(stories.ban)(world, { everyMs: -1 })).rejects.toThrow('everyMs')
})

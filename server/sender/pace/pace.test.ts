import { expect, test } from 'vitest'
import { aNumber } from '../../../core/testing/examples.ts'
import type { OwnNumber } from '../../../core/domain/people.ts'
import { lanes } from '../lanes.ts'
import { paceOf } from './number-rate.ts'
import { Pace, type Leaving } from './pace.ts'

const half = () => 0.5
const leaving = (index: number, more: Partial<Leaving> = {}): Leaving => ({
  kind: 'message',
  lane: lanes.agent,
  conversationId: `conversation ${index}`,
  dueAtMs: 0,
  ...more,
})

/** Lets everything go that may, step by step, each call over at once. @returns how many went */
function run(
  pace: Pace,
  number: OwnNumber,
  fromMs: number,
  toMs: number,
  more: Partial<Leaving> = {},
): number {
  let gone = 0
  for (let nowMs = fromMs; nowMs < toMs; nowMs += 5) {
    while (pace.admit(number, leaving((gone += 1), { dueAtMs: nowMs, ...more }), nowMs) === 'go')
      pace.release(number, more.lane ?? lanes.agent)
    gone -= 1
  }
  return gone
}

test('a number goes at four fifths of what WhatsApp allows it', () => {
  const number = aNumber()
  expect(paceOf(number)).toBe(64)
  expect(paceOf({ ...number, throughput: 'HIGH' })).toBe(800)
  expect(paceOf({ ...number, throughput: 'HIGH', isOnBizApp: true })).toBe(16)
  const gone = run(new Pace('whatsapp', half), number, 0, 10_000)
  expect(gone).toBeGreaterThanOrEqual(630)
  expect(gone).toBeLessThanOrEqual(641)
})

test('what comes in is taken off', () => {
  const pace = new Pace('whatsapp', half)
  const number = aNumber()
  for (let nowMs = 0; nowMs < 60_000; nowMs += 50) pace.heard(number.id, 2, nowMs) // 40 a second
  const gone = run(pace, number, 60_000, 61_000)
  expect(gone).toBeGreaterThanOrEqual(20)
  expect(gone).toBeLessThanOrEqual(30)
})

test('a refusal halves the pace once, however many calls it met, and it recovers by a twentieth a second', () => {
  const pace = new Pace('whatsapp', half)
  const number = aNumber()
  run(pace, number, 0, 1000)
  for (let calls = 0; calls < 20; calls += 1) pace.heed(number, 130429, 1000)
  expect(pace.gates(1000).closed).toEqual([number.id])
  const first = run(pace, number, 2500, 3500)
  expect(first).toBeGreaterThanOrEqual(32)
  expect(first).toBeLessThanOrEqual(85) // half, and what had gathered while it stood still
  expect(run(pace, number, 3500, 4500)).toBeLessThanOrEqual(48)
  expect(run(pace, number, 15_000, 16_000)).toBeGreaterThanOrEqual(63)
})

test('one contact gets forty-five at once, then one every six seconds; others are not held up', () => {
  const pace = new Pace('whatsapp', half)
  const number = aNumber({ throughput: 'HIGH' })
  const same = { conversationId: 'one' }
  run(pace, number, 0, 0)
  expect(run(pace, number, 0, 3000, same)).toBe(45)
  const refused = pace.admit(number, leaving(0, same), 3000)
  expect(refused).toEqual({ untilMs: 6000 })
  expect(pace.admit(number, leaving(1), 3000)).toBe('go')
  expect(run(pace, number, 6000, 30_000, same)).toBe(4)
  expect(run(pace, number, 300_000, 301_000, same)).toBe(45)
})

test('a pair that WhatsApp closed stays closed as long as it said', () => {
  const pace = new Pace('whatsapp', half)
  const number = aNumber()
  pace.closePair('one', 16_000, 0)
  expect(pace.admit(number, leaving(0, { conversationId: 'one' }), 1000)).toEqual({
    untilMs: 16_000,
  })
  expect(pace.admit(number, leaving(0, { conversationId: 'one' }), 16_000)).toBe('go')
})

test('messages to many leave a third to people while those have to wait', () => {
  const pace = new Pace('whatsapp', half)
  const number = aNumber()
  const bulk = { lane: lanes.bulk }
  run(pace, number, 0, 2000, bulk)
  expect(run(pace, number, 2000, 4000, bulk)).toBeGreaterThanOrEqual(126)
  expect(pace.admit(number, leaving(0, { dueAtMs: 1000 }), 4100)).toBe('go')
  run(pace, number, 4100, 6000, bulk)
  const considerate = run(pace, number, 6000, 8000, bulk)
  expect(considerate).toBeGreaterThanOrEqual(85)
  expect(considerate).toBeLessThanOrEqual(92)
  expect(pace.gates(8000).closedToBulk).toEqual([number.id])
  expect(pace.admit(number, leaving(1, { dueAtMs: 8000 }), 8000)).toBe('go')
})

test('some calls are always left for people', () => {
  const pace = new Pace('off', half)
  const number = aNumber()
  let bulk = 0
  while (pace.admit(number, leaving(bulk, { lane: lanes.bulk }), 0) === 'go') bulk += 1
  expect(bulk).toBe(96)
  expect(pace.gates(0)).toEqual({ closed: [], closedToBulk: [number.id], nextMs: Infinity })
  for (let index = 0; index < 32; index += 1)
    expect(pace.admit(number, leaving(index), 0)).toBe('go')
  expect(pace.admit(number, leaving(0), 0)).toBe('full')
  pace.release(number, lanes.bulk)
  expect(pace.admit(number, leaving(0), 0)).toBe('go')
})

test.each([
  [130429, ['same']],
  [131057, ['same']],
  [80007, ['same', 'account']],
  [4, ['same', 'account', 'other']],
  ['unreached' as const, ['same', 'account', 'other']],
  [131056, []],
  [131047, []],
])('%s stops %j', (code, stopped) => {
  const pace = new Pace('off', half)
  const numbers = {
    same: aNumber({ accountId: 'A' }),
    account: aNumber({ accountId: 'A' }),
    other: aNumber({ accountId: 'B' }),
  }
  for (const number of Object.values(numbers)) pace.admit(number, leaving(0), 0)
  pace.heed(numbers.same, code, 0)
  const closed = new Set(pace.gates(500).closed)
  const names = Object.entries(numbers).filter(([, { id }]) => closed.has(id))
  expect(names.map(([name]) => name)).toEqual(stopped)
})

test('each stop in a row is longer, up to five minutes, until something went well', () => {
  const pace = new Pace('off', half)
  const number = aNumber()
  pace.admit(number, leaving(0), 0)
  const stops: number[] = []
  let nowMs = 0
  for (let times = 0; times < 12; times += 1) {
    pace.heed(number, 4, nowMs)
    const untilMs = pace.gates(nowMs).nextMs
    stops.push(untilMs - nowMs)
    nowMs = untilMs
  }
  expect(stops.slice(0, 3)).toEqual([1500, 3000, 6000])
  expect(Math.max(...stops)).toBe(225_000)
  pace.heed(number, 'fine', nowMs)
  pace.heed(number, 4, nowMs)
  expect(pace.gates(nowMs).nextMs - nowMs).toBe(1500)
})

import { expect, test } from 'vitest'
import { PushPace } from './push-pace.ts'

test('two hundred deeds at once, then fifty a second, and none is refused', () => {
  const pace = new PushPace()
  expect(pace.waitMs('r', 100, 0)).toBe(0)
  expect(pace.waitMs('r', 100, 0)).toBe(0)
  expect(pace.waitMs('r', 100, 0)).toBe(2_000)
  expect(pace.waitMs('r', 100, 2_000)).toBe(2_000)
  expect(pace.waitMs('other', 100, 2_000)).toBe(0)
  expect(pace.waitMs('r', 100, 10_000)).toBe(0)
})

test('replicas that are quiet are forgotten, those that are slowed are not', () => {
  const pace = new PushPace()
  pace.waitMs('busy', 10_000, 0)
  for (let count = 0; count < 2_000; count += 1) pace.waitMs(`r${count}`, 1, 0)
  pace.waitMs('last', 1, 60_000)
  expect(pace.waitMs('busy', 100, 60_000)).toBeGreaterThan(0)
})

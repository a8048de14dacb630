import { expect, test } from 'vitest'
import { batchCount } from './calls.ts'
import { FreshCalls } from './fresh.ts'

const call = (id: number, bytes = 10) => ({ id, receivedAtMs: 0, body: Buffer.alloc(bytes) })
const megabyte = 1024 * 1024

test('calls come out in the order they were kept, a batch at a time', () => {
  const fresh = new FreshCalls()
  const ids = Array.from({ length: batchCount + 2 }, (_, index) => index)
  expect(fresh.add(ids.map((id) => call(id)))).toBe(true)
  expect(fresh.take().map(({ id }) => id)).toEqual(ids.slice(0, batchCount))
  expect(fresh.take().map(({ id }) => id)).toEqual(ids.slice(batchCount))
  expect(fresh.isEmpty).toBe(true)
})

test('large calls make small batches', () => {
  const fresh = new FreshCalls()
  fresh.add([1, 2, 3, 4].map((id) => call(id, 3 * megabyte)))
  expect(fresh.take().map(({ id }) => id)).toEqual([1, 2, 3])
  expect(fresh.take().map(({ id }) => id)).toEqual([4])
})

test('more than memory should hold are all left to the database', () => {
  const fresh = new FreshCalls()
  const large = Array.from({ length: 6 }, (_, id) => call(id, 3 * megabyte))
  expect(fresh.add(large)).toBe(false)
  expect(fresh.isEmpty).toBe(true)
  expect(fresh.add([call(7)])).toBe(true)
})

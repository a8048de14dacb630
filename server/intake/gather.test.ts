import { expect, test } from 'vitest'
import { createGatherer } from './gather.ts'

const rules = { waitMs: 1, count: 3, bytes: 10, slowMs: 20 }

/** Work that ends when told to. */
function workshop() {
  const batches: number[][] = []
  const ends: (() => void)[] = []
  const gather = createGatherer<{ bytes: number }>(rules, (batch) => {
    batches.push(batch.map(({ bytes }) => bytes))
    return new Promise((resolve) => ends.push(resolve))
  })
  return { batches, gather, endOne: () => ends.shift()?.() }
}

test('what comes while a batch is worked on shares the next, in order and within the limits', async () => {
  const { batches, gather, endOne } = workshop()
  for (const bytes of [1, 1, 1, 2, 2, 2, 3, 8, 20]) gather({ bytes })
  expect(batches).toEqual([[1, 1, 1]])
  for (const expected of [[2, 2, 2], [3], [8], [20]]) {
    endOne()
    await expect.poll(() => batches.at(-1)).toEqual(expected)
  }
})

test('one that is alone does not wait for company', async () => {
  const { batches, gather } = workshop()
  gather({ bytes: 1 })
  expect(batches).toEqual([])
  await expect.poll(() => batches).toEqual([[1]])
})

test('work that hangs holds nobody up', async () => {
  const { batches, gather, endOne } = workshop()
  for (const bytes of [1, 1, 1, 2]) gather({ bytes })
  await expect.poll(() => batches).toEqual([[1, 1, 1], [2]])
  endOne()
  gather({ bytes: 3 })
  await expect.poll(() => batches.at(-1)).toEqual([3])
})

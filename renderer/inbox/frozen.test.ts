import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frozenOrder } from './frozen.ts'

const shown = ['a', 'b', 'c']

test('what arrives above waits and is counted', () => {
  expect(frozenOrder(shown, ['x', 'y', 'a', 'b', 'c'])).toEqual({ ids: shown, above: 2 })
})

test('a row that would move up stays where it is', () => {
  expect(frozenOrder(shown, ['c', 'a', 'b'])).toEqual({ ids: shown, above: 1 })
})

test('a row that is gone goes, one that comes last is appended', () => {
  expect(frozenOrder(shown, ['a', 'c', 'd'])).toEqual({ ids: ['a', 'c', 'd'], above: 0 })
})

test('a row that comes back takes its place again', () => {
  const back = frozenOrder(['a', 'c'], ['x', 'a', 'b', 'c'], ['b'])
  expect(back).toEqual({ ids: ['a', 'b', 'c'], above: 1 })
})

test('nothing on screen is lost, doubled or moved past another', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'))
  fc.assert(
    fc.property(ids, ids, (before, newest) => {
      const { ids: order } = frozenOrder(before, newest)
      const kept = before.filter((id) => newest.includes(id))
      expect(order.filter((id) => kept.includes(id))).toEqual(kept.length > 0 ? kept : [])
      expect(new Set(order).size).toBe(order.length)
      expect(order.every((id) => newest.includes(id))).toBe(true)
    }),
  )
})

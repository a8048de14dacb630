import { expect, test } from 'vitest'
import { Ward } from './ward.ts'

const megabyte = 1024 * 1024

test('a console that says nothing for three heartbeats is gone', () => {
  const ward = new Ward(0)
  expect(ward.look(0, 74_000)).toBe('sound')
  ward.heard(74_000)
  expect(ward.look(0, 148_000)).toBe('sound')
  expect(ward.look(0, 149_000)).toBe('silent')
})

test('one that leaves eight megabytes unread for half a minute has to come again', () => {
  const ward = new Ward(0)
  expect(ward.look(9 * megabyte, 5_000)).toBe('sound')
  expect(ward.look(7 * megabyte, 30_000)).toBe('sound')
  expect(ward.look(9 * megabyte, 35_000)).toBe('sound')
  expect(ward.look(9 * megabyte, 60_000)).toBe('sound')
  expect(ward.look(9 * megabyte, 65_000)).toBe('full')
})

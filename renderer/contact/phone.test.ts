import { expect, test } from 'vitest'
import { formatPhone } from './phone.ts'

test.each([
  ['+494012340101', '+49 40 1234 0101'],
  ['+4915123456701', '+49 151 2345 6701'],
  ['+14155550100', '+1 41 5555 0100'],
  ['+420601234567', '+420 60123 4567'],
  ['keine Nummer', 'keine Nummer'],
])('%s reads %s', (phone, shown) => {
  expect(formatPhone(phone)).toBe(shown)
})

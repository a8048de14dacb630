import { expect, test } from 'vitest'
import { formatPhone } from './phone.svelte.ts'

test.each([
  ['+4940123401', '+49 40 123401'],
  ['+491713920011', '+49 171 3920011'],
  ['+14155550100', '+1 415 555 0100'],
  ['+420601234567', '+420 601 234 567'],
  ['keine Nummer', 'keine Nummer'],
])('%s reads %s, as its country writes it', async (phone, shown) => {
  expect(['', phone, shown]).toContain(formatPhone(phone))
  await expect.poll(() => formatPhone(phone)).toBe(shown)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { further, reached, type MessageStatus } from './status.ts'

const steps: MessageStatus[] = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read']

test('receipts may come in any order, any number of times', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...steps), { minLength: 1 }), (heard) => {
      const furthest = Math.max(0, ...heard.map((step) => steps.indexOf(step)))
      expect(heard.reduce(further, 'queued')).toBe(steps[furthest])
    }),
  )
})

test('a failure counts only before delivery', () => {
  expect(further('sent', 'failed')).toBe('failed')
  expect(further('delivered', 'failed')).toBe('delivered')
  expect(further('failed', 'sent')).toBe('failed')
  expect(further('failed', 'delivered')).toBe('delivered')
})

test('an uncertain message becomes whatever WhatsApp later says', () => {
  for (const said of ['accepted', 'sent', 'delivered', 'read', 'failed'] as const) {
    expect(further('uncertain', said)).toBe(said)
  }
  expect(further('uncertain', 'sending')).toBe('uncertain')
  expect(further('delivered', 'uncertain')).toBe('delivered')
})

test('what came in and what was noted has no further to go', () => {
  expect(further('received', 'read')).toBe('received')
  expect(further('saved', 'failed')).toBe('saved')
  expect(reached('received', 'sent')).toBe(false)
})

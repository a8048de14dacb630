import { expect, test } from 'vitest'
import { aMessage, aReply } from '../../core/testing/examples.ts'
import { tickOf } from './ticks.ts'

test('what only this machine knows waits, whatever it hopes for', () => {
  expect(tickOf(aReply({ status: 'queued' }), true)).toBe('waiting')
  expect(tickOf(aReply({ status: 'queued' }), false)).toBe('queued')
})

test('each step of WhatsApp has its tick', () => {
  expect(
    (['accepted', 'sent', 'delivered', 'read', 'failed', 'uncertain', 'held'] as const).map(
      (status) => tickOf(aReply({ status })),
    ),
  ).toEqual(['accepted', 'accepted', 'delivered', 'read', 'failed', 'uncertain', 'held'])
  expect(tickOf(aReply({ status: 'read', statusAt: { played: 1 } }))).toBe('played')
})

test('what came in, notes and events have none', () => {
  expect(tickOf(aMessage())).toBeNull()
  expect(tickOf(aReply({ direction: 'note', status: 'saved' }))).toBeNull()
})

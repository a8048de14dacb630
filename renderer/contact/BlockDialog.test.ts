import { fireEvent, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import { AppError } from '../../core/lib/errors.ts'
import { aContact, aNumber } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aDesk } from '../testing/desk.ts'
import { presenceHandlers } from '../testing/presence.ts'
import { show } from '../testing/show.ts'
import { toasts, undoNewest } from '../ui/toasts.svelte.ts'
import BlockDialog from './BlockDialog.svelte'

const [contact, number] = [aContact(), aNumber()]

function opened(more: Partial<Handlers> = {}) {
  const desk = loopback({ ...aDesk(), ...presenceHandlers([number.id], 'ready'), ...more })
  const closed: string[] = []
  show(BlockDialog, { contact, number, onclose: () => void closed.push('closed') }, desk.wire)
  const count = (method: string) => desk.calls.filter(([name]) => name === method).length
  return { ...desk, closed, count }
}

test('a contact is blocked after a question, and let in again by undo', async () => {
  const { closed, count } = opened()
  const block = await screen.findByRole('button', { name: 'Blockieren' })
  await expect.poll(() => block.hasAttribute('disabled')).toBe(false)
  expect(count('blocked.add')).toBe(0)
  await fireEvent.click(block)
  await expect.poll(() => closed).toEqual(['closed'])
  expect(toasts().at(-1)?.text).toBe('Dörte Müller-Lüdenscheidt ist blockiert.')
  expect(undoNewest()).toBe(true)
  await expect.poll(() => count('blocked.remove')).toBe(1)
})

test('who has not written for a day cannot be blocked, and the dialog says why', async () => {
  const { closed } = opened({
    'blocked.add': () => {
      throw new AppError('whatsapp', 'refused', { details: { code: 131047, title: 'no' } })
    },
  })
  const block = await screen.findByRole('button', { name: 'Blockieren' })
  await expect.poll(() => block.hasAttribute('disabled')).toBe(false)
  await fireEvent.click(block)
  expect((await screen.findByRole('alert')).textContent).toContain('in den letzten 24 Stunden')
  expect(closed).toEqual([])
})

test('who is blocked already may be let in again', async () => {
  const user = { key: '+494012340101', phone: '+494012340101', userId: null, contact: null }
  const items = [{ ...user, blockedBy: null, blockedAt: null }]
  const reading = { readAt: '2026-11-24T08:24:00.000Z', trouble: null }
  const { count } = opened({
    'blocked.list': () => ({ items, nextCursor: null, total: 1, ...reading }),
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Freigeben' }))
  await expect.poll(() => count('blocked.remove')).toBe(1)
})

import { fireEvent, screen } from '@testing-library/svelte'
import { beforeEach, expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import { loopback } from '../../core/testing/loopback.ts'
import type { Choosing } from '../bridge/choosing.svelte.ts'
import { aDesk, aRow } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import { dismissToast, runToast, toasts } from '../ui/toasts.svelte.ts'
import Choices from './Choices.svelte'

beforeEach(() => {
  for (const toast of toasts()) dismissToast(toast.id)
})

function open(kind: Choosing['kind'], given: Partial<Conversation> = {}) {
  const { conversation } = aRow('Petra Becker')
  const row = { ...conversation, ...given }
  const handlers: Partial<Handlers> = {
    'conversation.snooze': () => null,
    'conversation.reopen': () => null,
    'conversation.set-priority': () => null,
  }
  const host = loopback({ ...aDesk([]), ...handlers })
  let closed = 0
  const onclose = () => (closed += 1)
  const basedOn = row.lastInbound?.messageId ?? null
  const choice = { kind, conversation: row, name: 'Petra Becker', basedOn, anchor: document.body }
  show(Choices, { open: choice, onclose }, host.wire)
  return { ...host, row, basedOn, closed: () => closed }
}
const undo = () => {
  const toast = toasts().findLast(({ isUndo }) => isUndo)
  if (toast !== undefined) runToast(toast)
}

test('a time is chosen by keyboard, said in words and can be taken back', async () => {
  const { calls, row, basedOn } = open('snooze')
  await expect.poll(() => document.activeElement?.textContent).toMatch(/^\s*In 1 Stunde/)
  await fireEvent.keyDown(document.activeElement!, { key: 'b' })
  expect(document.activeElement?.textContent).toMatch(/Bis Antwort kommt/)
  await fireEvent.click(document.activeElement!)
  const given = { conversationId: row.id, until: { kind: 'reply' }, basedOn }
  await expect.poll(() => calls).toContainEqual(['conversation.snooze', given])
  await expect
    .poll(() => toasts().at(-1)?.text)
    .toBe('Petra Becker: zurückgestellt, bis eine Antwort kommt')
  undo()
  await expect.poll(() => calls).toContainEqual(['conversation.reopen', { conversationId: row.id }])
})

test('what was snoozed already goes back to its time, or comes back at once', async () => {
  const atMs = Date.now() + 86_400_000
  const { calls, row, basedOn } = open('snooze', { status: 'snoozed', snoozedUntilMs: atMs })
  expect(screen.getByRole('menuitem', { name: 'Jetzt zurückholen', hidden: true })).toBeTruthy()
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Bis Antwort kommt', hidden: true }))
  await expect.poll(() => toasts().length).toBe(1)
  undo()
  const again = { conversationId: row.id, until: { kind: 'time', atMs }, basedOn }
  await expect.poll(() => calls).toContainEqual(['conversation.snooze', again])
})

test('a time of one’s own that is over is not taken, and says so', async () => {
  const { calls } = open('snooze')
  await fireEvent.click(screen.getByRole('menuitem', { name: /Eigener Zeitpunkt/, hidden: true }))
  const field = await screen.findByLabelText('Tag und Uhrzeit')
  await fireEvent.input(field, { target: { value: '2020-01-01T09:00' } })
  await fireEvent.submit(field.closest('form')!)
  expect(await screen.findByText('Dieser Zeitpunkt ist schon vorbei.')).toBeTruthy()
  expect(calls.filter(([name]) => name === 'conversation.snooze')).toEqual([])
})

test('the priority that holds is the one in focus, and another is set on top of it', async () => {
  const { calls, row } = open('priority', { priority: 'high' })
  await expect.poll(() => document.activeElement?.textContent.trim()).toBe('Hoch')
  await fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp' })
  await fireEvent.click(document.activeElement!)
  const given = { conversationId: row.id, priority: 'urgent', baseValue: 'high' }
  await expect.poll(() => calls).toContainEqual(['conversation.set-priority', given])
  await expect.poll(() => toasts().at(-1)?.text).toBe('Petra Becker: Priorität Dringend')
  undo()
  const back = { conversationId: row.id, priority: 'high', baseValue: 'urgent' }
  await expect.poll(() => calls).toContainEqual(['conversation.set-priority', back])
})

test('Escape closes without a choice', async () => {
  const { closed, calls } = open('priority')
  await expect.poll(() => document.activeElement?.textContent.trim()).toBe('Normal')
  await fireEvent.keyDown(document.activeElement!, { key: 'Escape' })
  expect(closed()).toBeGreaterThan(0)
  expect(calls.filter(([name]) => name === 'conversation.set-priority')).toEqual([])
})

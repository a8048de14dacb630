import { fireEvent, screen } from '@testing-library/svelte'
import { afterEach, expect, test, vi } from 'vitest'
import { loopback } from '../../core/testing/loopback.ts'
import { show } from '../testing/show.ts'
import { setLanguage } from './i18n.svelte.ts'
import { showToast, undoNewest } from './toasts.svelte.ts'
import Toasts from './Toasts.svelte'

afterEach(() => vi.useRealTimers())

test('a notice goes after eight seconds, and stays while it is pointed at', async () => {
  vi.useFakeTimers()
  show(Toasts, {}, loopback({}).wire)
  showToast({ text: 'Unterhaltung erledigt' })
  await vi.advanceTimersByTimeAsync(7_000)
  const notice = screen.getByText('Unterhaltung erledigt')

  await fireEvent.pointerEnter(notice.closest('[role=presentation]')!)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(screen.queryByText('Unterhaltung erledigt')).not.toBeNull()

  await fireEvent.pointerLeave(notice.closest('[role=presentation]')!)
  await vi.advanceTimersByTimeAsync(8_100)
  expect(screen.queryByText('Unterhaltung erledigt')).toBeNull()
})

test('the newest deed that can be taken back is, and only once', async () => {
  const undone: string[] = []
  const offer = (text: string) =>
    showToast({
      text,
      isUndo: true,
      action: { label: 'Rückgängig', run: () => undone.push(text) },
    })
  offer('erste')
  offer('zweite')
  const dismiss = showToast({ text: 'nur ein Hinweis' })

  expect(undoNewest()).toBe(true)
  expect(undoNewest()).toBe(true)
  expect(undoNewest()).toBe(false)
  expect(undone).toEqual(['zweite', 'erste'])
  dismiss()
})

test('notices speak the language in use', async () => {
  show(Toasts, {}, loopback({}).wire)
  const dismiss = showToast({ text: 'Hinweis' })
  expect(await screen.findByRole('button', { name: 'Hinweis schließen' })).toBeTruthy()
  setLanguage('en')
  expect(await screen.findByRole('button', { name: 'Dismiss notice' })).toBeTruthy()
  dismiss()
})

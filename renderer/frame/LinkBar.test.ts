import { fireEvent, screen } from '@testing-library/svelte'
import { afterEach, expect, test, vi } from 'vitest'
import type { LinkState } from '../../core/contract/views.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aDesk, aLinkState } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import LinkBar from './LinkBar.svelte'

afterEach(() => vi.useRealTimers())

function showBar() {
  vi.useFakeTimers()
  let link: LinkState = aLinkState()
  const host = loopback({ ...aDesk(), 'link.state': () => link, 'link.retry': () => null })
  show(LinkBar, {}, host.wire)
  const become = async (next: Partial<LinkState>) => {
    link = aLinkState(next)
    host.signal('link.changed', {})
    await vi.advanceTimersByTimeAsync(0)
  }
  return { ...host, become }
}
const bar = () => screen.getByRole('status').textContent?.trim() ?? ''

test('a short break is nobody’s business, a longer one says what happens to the work', async () => {
  const { become } = showBar()
  await become({ isOnline: false })
  await vi.advanceTimersByTimeAsync(1_500)
  expect(bar()).toBe('')
  await vi.advanceTimersByTimeAsync(600)
  expect(bar()).toMatch(/^Keine Verbindung\. Weiterarbeiten ist möglich/)
  await become({ isOnline: false, waiting: 3 })
  expect(bar()).toMatch(/^Keine Verbindung\. 3 Nachrichten und Änderungen werden gesendet/)
})

test('good news stays three seconds', async () => {
  const { become } = showBar()
  await become({ isOnline: false })
  await vi.advanceTimersByTimeAsync(2_100)
  await become({ isOnline: true })
  expect(bar()).toBe('Wieder verbunden. Alles gesendet.')
  await vi.advanceTimersByTimeAsync(3_100)
  expect(bar()).toBe('')
})

test('a person need not wait for the next try', async () => {
  const { become, calls } = showBar()
  await become({ isOnline: false })
  await vi.advanceTimersByTimeAsync(2_100)
  await fireEvent.click(screen.getByRole('button', { name: 'Jetzt versuchen' }))
  expect(calls).toContainEqual(['link.retry', {}])
})

test('a clock that is wrong by more than a minute is told, and for as long as it is', async () => {
  const { become } = showBar()
  await become({ clockOffsetMs: 59_000 })
  expect(bar()).toBe('')
  await become({ clockOffsetMs: -3_600_000 })
  expect(bar()).toMatch(/^Die Uhr dieses Rechners geht falsch/)
  await become({ clockOffsetMs: 20 })
  expect(bar()).toBe('')
})

test('a new network, or the window coming to the front, asks for a sign of life', async () => {
  const { calls } = showBar()
  await fireEvent(window, new Event('online'))
  await fireEvent(window, new Event('focus'))
  expect(calls.filter(([name]) => name === 'link.retry')).toHaveLength(2)
})

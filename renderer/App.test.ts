import { fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { createApi } from '../core/contract/client.ts'
import type { Handlers } from '../core/contract/contract.ts'
import { exampleNowMs } from '../core/testing/examples.ts'
import { loopback } from '../core/testing/loopback.ts'
import App from './App.svelte'
import { aDesk, anAppState, anna, aRow } from './testing/desk.ts'
import './testing/show.ts'
import { verificationHandlers } from './testing/verification/handlers.ts'
import './signin/Door.svelte' // read before the first test has to wait for it
import './verification/Verification.svelte' // likewise

afterEach(() => history.replaceState(null, '', '#'))

function showApp(handlers: Partial<Handlers> = {}) {
  const host = loopback({ ...aDesk([aRow('Petra Becker')]), ...handlers })
  render(App, { props: { api: createApi(host.wire) } })
  return host
}

test('signed in, the landmarks are there and in order', async () => {
  showApp()
  expect(await screen.findByRole('banner')).toBeTruthy()
  expect(screen.getByRole('navigation', { name: /Hauptnavigation/ })).toBeTruthy()
  expect(screen.getByRole('navigation', { name: 'Ansichten' })).toBeTruthy()
  expect(screen.getByRole('main')).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Unterhaltungen' })).toBeTruthy()
  expect(screen.getByText('Nordwerk Service')).toBeTruthy()
})

test('signing in leads from the form to the inbox', async () => {
  let state = anAppState({ phase: 'sign-in', user: null, workspace: null })
  const { signal } = showApp({
    'app.state': () => state,
    'session.check': ({ serverUrl }) => ({
      url: serverUrl,
      workspace: 'Nordwerk Service',
      methods: [],
      needsSetup: false,
    }),
  })
  expect(await screen.findByLabelText('Passwort')).toBeTruthy()
  state = anAppState()
  signal('app.changed', {})
  expect(await screen.findByRole('main')).toBeTruthy()
  expect(await screen.findByRole('listbox')).toBeTruthy()
})

test('a set-up link shows the set-up, and only before anybody is signed in', async () => {
  history.replaceState(null, '', '#/setup?token=einmal')
  showApp({ 'app.state': () => anAppState({ phase: 'sign-in', user: null }) })
  expect(await screen.findByRole('heading', { name: 'Kontor einrichten' })).toBeTruthy()
})

test('an ended session asks for the same person again, over what stays', async () => {
  showApp({ 'app.state': () => anAppState({ phase: 'ended' }) })
  const sheet = await screen.findByRole('dialog', { name: 'Die Sitzung ist abgelaufen' })
  expect(sheet).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('E-Mail').value).toBe(anna.email)
  expect(document.querySelector('[role=listbox], main')).toBeTruthy()
})

test('the language of the settings is the language of everything', async () => {
  showApp({ 'settings.get': () => ({ language: 'en', theme: 'dark' }) })
  expect(await screen.findByRole('heading', { level: 1, name: 'My inbox' })).toBeTruthy()
  expect(document.documentElement.lang).toBe('en')
  expect(document.documentElement.dataset.theme).toBe('dark')
})

test('the user menu is worked by keyboard and changes the theme', async () => {
  const { calls } = showApp({
    'settings.set': (change) => ({ language: 'de', theme: 'light', ...change }),
  })
  const opener = await screen.findByRole('button', { name: 'Anna Krüger, Menü' })
  opener.focus()
  await fireEvent.keyDown(opener, { key: 'ArrowDown' })
  await expect.poll(() => document.activeElement?.textContent?.trim()).toBe('System')
  await fireEvent.keyDown(document.activeElement!, { key: 'End' })
  expect(document.activeElement?.textContent?.trim()).toBe('Abmelden')
  await fireEvent.keyDown(document.activeElement!, { key: 'Escape' })
  expect(document.activeElement).toBe(opener)

  await fireEvent.click(opener)
  await fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Dunkel' }))
  await expect.poll(() => document.documentElement.dataset.theme).toBe('dark')
  expect(calls).toContainEqual(['settings.set', { theme: 'dark' }])
})

test('signing out with unfinished work asks first', async () => {
  const { calls } = showApp({
    'session.unfinished': () => 2,
    'session.sign-out': () => anAppState({ phase: 'sign-in', user: null }),
    'session.check': () => ({ url: '', workspace: '', methods: [], needsSetup: false }),
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Anna Krüger, Menü' }))
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Abmelden' }))
  expect(
    await screen.findByText(/2 Nachrichten, Änderungen und Entwürfe sind noch nicht gesendet/),
  ).toBeTruthy()
  expect(calls.some(([name]) => name === 'session.sign-out')).toBe(false)
  await fireEvent.click(screen.getByRole('button', { name: 'Trotzdem abmelden' }))
  expect(await screen.findByLabelText('Passwort')).toBeTruthy()
})

test('what did not leave is an area of its own for those who look after the desk, and for nobody else', async () => {
  const answers: Partial<Handlers> = { 'delivery.stuck': () => ({ items: [], nextCursor: null }) }
  let state = anAppState()
  const { signal } = showApp({ ...answers, 'app.state': () => state })
  await screen.findByRole('listbox')
  expect(screen.queryByRole('link', { name: 'Zustellung' })).toBeNull()

  state = anAppState({ user: { ...anna, role: 'supervisor' } })
  signal('app.changed', {})
  await fireEvent.click(await screen.findByRole('link', { name: 'Zustellung' }))
  history.replaceState(null, '', '#/deliveries')
  window.dispatchEvent(new HashChangeEvent('hashchange'))
  expect(await screen.findByRole('heading', { name: 'Zustellung' })).toBeTruthy()
  expect(await screen.findByText('Alles ist gesendet.')).toBeTruthy()
})

test('the rail says how our numbers stand, and leads there and back to where one was', async () => {
  const wished = { scene: 'three', role: 'agent', isOnline: true, nowMs: exampleNowMs } as const
  showApp(verificationHandlers({ ...wished, ours: [] }))
  const link = await screen.findByRole('link', { name: 'Verifizierung, etwas ist zu prüfen' })
  await fireEvent.click(await screen.findByRole('link', { name: /^Alle offenen/ }))
  await screen.findByRole('heading', { level: 1, name: 'Alle offenen' })

  await fireEvent.click(link)
  await screen.findByRole('heading', { level: 1, name: 'Verifizierung' })
  expect(link.getAttribute('aria-current')).toBe('page')
  expect(screen.queryByRole('navigation', { name: 'Ansichten' })).toBeNull()

  await fireEvent.keyDown(document, { code: 'Digit1', key: '!', altKey: true, shiftKey: true })
  expect(await screen.findByRole('heading', { level: 1, name: 'Alle offenen' })).toBeTruthy()
  await fireEvent.keyDown(document, { code: 'Digit3', key: '3', ctrlKey: true })
  expect(await screen.findByRole('heading', { level: 1, name: 'Verifizierung' })).toBeTruthy()
})

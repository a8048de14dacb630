import { fireEvent, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { AppState } from '../../core/contract/views.ts'
import { AppError } from '../../core/lib/errors.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aDesk, anAppState } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import SignIn from './SignIn.svelte'

const server = {
  url: 'https://kontor.nordwerk.example',
  workspace: 'Nordwerk Service',
  methods: ['password'],
  needsSetup: false,
}
const atSignIn = anAppState({ phase: 'sign-in', workspace: null, user: null })
const atServer = anAppState({ ...atSignIn, phase: 'server', serverUrl: null })

function showSignIn(state: AppState, handlers: Partial<Handlers> = {}) {
  const host = loopback({
    ...aDesk(),
    'app.state': () => state,
    'session.check': () => server,
    ...handlers,
  })
  return { ...host, ...show(SignIn, { state }, host.wire) }
}
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } })
const submit = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

test('the workspace is named before a password is typed', async () => {
  showSignIn(atSignIn)
  expect(await screen.findByRole('heading', { name: 'Anmelden bei Nordwerk Service' })).toBeTruthy()
  expect(document.activeElement).toBe(field('E-Mail'))
})

test('a wrong password is said at the field, which takes the focus', async () => {
  showSignIn(atSignIn, {
    'session.sign-in': () => {
      throw new AppError('wrong-credentials', 'no')
    },
  })
  await type('E-Mail', 'anna@nordwerk.example')
  await type('Passwort', 'geraten')
  await submit('Anmelden')

  expect(await screen.findByText('Anmeldename oder Passwort stimmt nicht.')).toBeTruthy()
  const password = field('Passwort')
  expect(password.getAttribute('aria-invalid')).toBe('true')
  const described = document.getElementById(password.getAttribute('aria-describedby') ?? '')
  expect(described?.textContent).toBe('Anmeldename oder Passwort stimmt nicht.')
  expect(document.activeElement).toBe(password)
})

test('what is missing is asked for without asking the server', async () => {
  const { calls } = showSignIn(atSignIn)
  await type('E-Mail', 'anna')
  await submit('Anmelden')
  expect(screen.getByText('Das ist keine vollständige E-Mail-Adresse.')).toBeTruthy()
  expect(screen.getByText('Das Passwort fehlt.')).toBeTruthy()
  expect(document.activeElement).toBe(field('E-Mail'))
  expect(calls.filter(([name]) => name === 'session.sign-in')).toEqual([])
})

test('who signs in is passed on to everything that follows', async () => {
  const { calls, shared } = showSignIn(atSignIn, { 'session.sign-in': () => anAppState() })
  await type('E-Mail', ' anna@nordwerk.example ')
  await type('Passwort', 'richtig')
  await submit('Anmelden')
  await expect.poll(() => shared.app.value?.phase).toBe('ready')
  const given = { email: 'anna@nordwerk.example', password: 'richtig', serverUrl: server.url }
  expect(calls).toContainEqual(['session.sign-in', given])
})

test('a desktop without a server asks for one and says what is wrong with it', async () => {
  showSignIn(atServer, {
    'session.check': ({ serverUrl }) => {
      if (serverUrl === server.url) return server
      throw new AppError(serverUrl.includes('stumm') ? 'offline' : 'not-kontor', 'no')
    },
  })
  await submit('Verbinden')
  expect(screen.getByText('Die Serveradresse fehlt.')).toBeTruthy()
  await type('Serveradresse', 'https://stumm.firma.de/')
  await submit('Verbinden')
  expect(await screen.findByText(/^stumm\.firma\.de antwortet nicht/)).toBeTruthy()
  await type('Serveradresse', 'firma.de')
  await submit('Verbinden')
  expect(await screen.findByText(/läuft kein Kontor-Server/)).toBeTruthy()
  await type('Serveradresse', server.url)
  await submit('Verbinden')
  expect(await screen.findByRole('heading', { name: /Nordwerk Service/ })).toBeTruthy()
})

test('a browser never asks for a server', async () => {
  showSignIn({ ...atSignIn, host: 'browser' })
  await screen.findByRole('heading', { name: /Nordwerk Service/ })
  expect(screen.queryByRole('button', { name: 'Anderer Server' })).toBeNull()
})

test('the language can be changed before signing in', async () => {
  let language: 'de' | 'en' = 'de'
  const { shared } = showSignIn(atSignIn, {
    'settings.set': (change) => ({ theme: 'light', language: (language = change.language!) }),
  })
  await fireEvent.click(screen.getByLabelText('English'))
  await expect.poll(() => shared.settings.value?.language).toBe('en')
  expect(language).toBe('en')
})

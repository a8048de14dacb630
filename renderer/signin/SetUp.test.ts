import { fireEvent, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import { AppError } from '../../core/lib/errors.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aDesk, anAppState } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import SetUp from './SetUp.svelte'
import { setUpToken } from './token.ts'

const serverUrl = 'https://kontor.nordwerk.example'

function showSetUp(handlers: Partial<Handlers>) {
  const settled: string[] = []
  const host = loopback({ ...aDesk(), ...handlers })
  const props = { serverUrl, token: 'einmal', onSettled: () => settled.push('settled') }
  show(SetUp, props, host.wire)
  return { ...host, settled }
}
const type = (name: string, value: string) =>
  fireEvent.input(screen.getByLabelText(name), { target: { value } })
const fill = async (password: string, again: string) => {
  await type('Name', 'Magdalena Lorenz')
  await type('E-Mail', 'lorenz@nordwerk.example')
  await type('Passwort', password)
  await type('Passwort wiederholen', again)
  await fireEvent.click(screen.getByRole('button', { name: 'Einrichten' }))
}

test('the first administrator comes in with name, e-mail and a password given twice', async () => {
  const { calls, settled } = showSetUp({ 'session.set-up': () => anAppState() })
  await fill('ein langer Satz', 'ein langer Satz')
  await expect.poll(() => settled).toEqual(['settled'])
  expect(calls).toContainEqual([
    'session.set-up',
    {
      serverUrl,
      token: 'einmal',
      name: 'Magdalena Lorenz',
      email: 'lorenz@nordwerk.example',
      password: 'ein langer Satz',
    },
  ])
})

test('a short password or a slip of the finger is stopped here', async () => {
  const { calls } = showSetUp({})
  await fill('kurz', 'kurz')
  expect(screen.getByText('Das Passwort braucht mindestens 12 Zeichen.')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText('Passwort'))
  await fill('ein langer Satz', 'ein langer Statz')
  expect(screen.getByText('Die beiden Passwörter sind verschieden.')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText('Passwort wiederholen'))
  expect(calls.some(([name]) => name === 'session.set-up')).toBe(false)
})

test('a link that was used before leads to sign-in', async () => {
  const { settled } = showSetUp({
    'session.set-up': () => {
      throw new AppError('forbidden', 'used')
    },
  })
  await fill('ein langer Satz', 'ein langer Satz')
  await fireEvent.click(await screen.findByRole('button', { name: 'Zur Anmeldung' }))
  expect(settled).toEqual(['settled'])
})

test('only a set-up link has a token', () => {
  expect(setUpToken('#/setup?token=a%2Bb')).toBe('a+b')
  expect(setUpToken('#/setup?token=')).toBeNull()
  expect(setUpToken('#/inbox/mine?token=x')).toBeNull()
})

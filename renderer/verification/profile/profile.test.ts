import { fireEvent, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { Handlers } from '../../../core/contract/contract.ts'
import type { NumberId } from '../../../core/domain/ids.ts'
import type { Role } from '../../../core/domain/people.ts'
import { AppError } from '../../../core/lib/errors.ts'
import { aNumber, anId, aUser } from '../../../core/testing/examples.ts'
import { loopback } from '../../../core/testing/loopback.ts'
import { aDesk, anAppState } from '../../testing/desk.ts'
import { presenceHandlers, type PresenceMode } from '../../testing/presence.ts'
import { show } from '../../testing/show.ts'
import Blocked from './Blocked.svelte'
import { cropOf, middleOf, moved } from './crop.ts'
import ExplanationText from './ExplanationText.svelte'
import Greeting from './Greeting.svelte'
import Links from './Links.svelte'
import Profile from './Profile.svelte'

const numberId = anId<NumberId>()

/** A console whose server knows one number, seen by somebody of this role. */
function aWire(given: { mode?: PresenceMode; role?: Role; more?: Partial<Handlers> } = {}) {
  const user = aUser({ role: given.role ?? 'administrator' })
  return loopback({
    ...aDesk(),
    'app.state': () => anAppState({ user }),
    'directory.all': () => ({
      users: [user],
      teams: [],
      labels: [],
      numbers: [aNumber({ id: numberId })],
    }),
    ...presenceHandlers([numberId], given.mode ?? 'ready'),
    ...given.more,
  })
}
const type = (name: RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(name), { target: { value } })
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

test('what is typed is in the preview at once, and only what changed is sent', async () => {
  const { wire, calls } = aWire()
  show(Profile, { numberId }, wire)
  await screen.findByLabelText('Info')
  const phone = screen.getByRole('region', { name: 'Vorschau, dunkles Telefon' })
  await type(/^Info/, 'Rund um die Uhr')
  expect(within(phone).getByText('Rund um die Uhr')).toBeTruthy()
  await press('Speichern')
  await expect
    .poll(() => calls.findLast(([name]) => name === 'profile.set')?.[1])
    .toEqual({
      numberId,
      change: { about: 'Rund um die Uhr' },
    })
})

test('what WhatsApp would not take is said at its field, and cannot be saved', async () => {
  const { wire, calls } = aWire()
  show(Profile, { numberId }, wire)
  await screen.findByLabelText('E-Mail')
  await type(/^E-Mail/, 'service')
  await type(/^Website 2/, 'nordwerk.example')
  expect(screen.getByText('Das ist keine E-Mail-Adresse.')).toBeTruthy()
  expect(screen.getByLabelText(/^Website 2/).getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByLabelText(/^Website 1/).getAttribute('aria-invalid')).toBeNull()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Speichern' }).disabled).toBe(true)
  await press('Verwerfen')
  expect(screen.getByLabelText<HTMLInputElement>('E-Mail').value).toBe('service@nordwerk.example')
  expect(calls.some(([name]) => name === 'profile.set')).toBe(false)
})

test('a refusal is told in WhatsApp’s words, and what was typed stays', async () => {
  const details = { code: 100, title: 'Invalid parameter', details: 'about holds markdown' }
  const refuse = () => {
    throw new AppError('whatsapp', 'refused', { details })
  }
  show(Profile, { numberId }, aWire({ more: { 'profile.set': refuse } }).wire)
  await screen.findByLabelText('Info')
  await type(/^Info/, '*fett*')
  await press('Speichern')
  expect((await screen.findByRole('alert')).textContent).toContain('about holds markdown')
  expect(screen.getByLabelText<HTMLTextAreaElement>('Info').value).toBe('*fett*')
})

test('who may not change sees everything and no fields; what is old says so', async () => {
  const { wire } = aWire({ role: 'supervisor', mode: 'stale' })
  show(Profile, { numberId }, wire)
  expect(await screen.findByText(/Angezeigt wird der Stand von 24.11.2026/)).toBeTruthy()
  expect(await screen.findAllByText('Kehrwieder 9, 20457 Hamburg')).toHaveLength(3)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Bild ändern' })).toBeNull()
})

test('without a server each screen says so and can be asked again', async () => {
  for (const shown of [Profile, Links, Blocked, Greeting, ExplanationText]) {
    const { wire, calls } = aWire({ mode: 'failed' })
    const { unmount } = show(shown, { numberId }, wire)
    await screen.findByRole('alert')
    const count = calls.length
    await press('Erneut versuchen')
    expect(calls.length).toBeGreaterThan(count)
    unmount()
  }
})

test('a link is made and changed; deleting one asks first and says what it means', async () => {
  const { wire } = aWire({ mode: 'empty' })
  show(Links, { numberId }, wire)
  await screen.findByText('Noch keine Links.')
  await type(/^Vorgeschriebene Nachricht/, ' Ich habe eine Frage ')
  await press('Link erstellen')
  expect(await screen.findByText('Ich habe eine Frage')).toBeTruthy()
  await press('Nachricht von NEW0 ändern')
  const fields = screen.getAllByLabelText(/^Vorgeschriebene Nachricht/)
  await fireEvent.input(fields.at(-1)!, { target: { value: 'Reklamation' } })
  await press('Speichern')
  expect(await screen.findByText('Reklamation')).toBeTruthy()
  await press('Link NEW0 löschen')
  expect(screen.getByText(/erreicht danach niemanden mehr/)).toBeTruthy()
  await press('Löschen')
  expect(await screen.findByText('Noch keine Links.')).toBeTruthy()
})

test('a QR code is kept as SVG under the link’s name', async () => {
  const { wire, calls } = aWire()
  show(Links, { numberId }, wire)
  await fireEvent.click(await screen.findByRole('button', { name: /^QR-Code von 4QX7/ }))
  await press('SVG sichern')
  await expect
    .poll(() => calls.findLast(([name]) => name === 'short-link.qr')?.[1])
    .toMatchObject({ code: '4QX7DB2K5LMAP1', format: 'svg' })
})

test('the block list is searched, and somebody let in again', async () => {
  const { wire, calls } = aWire()
  show(Blocked, { numberId }, wire)
  expect(await screen.findByText(/von Maren Lorenz am 20.11.2026/)).toBeTruthy()
  await type(/^Nach Name/, 'wübben')
  await expect.poll(() => screen.getAllByRole('listitem')).toHaveLength(1)
  await type(/^Nach Name/, 'niemand')
  expect(await screen.findByText('Nichts gefunden zu „niemand“.')).toBeTruthy()
  await type(/^Nach Name/, '')
  await fireEvent.click(await screen.findByRole('button', { name: 'glücksritter_77 freigeben' }))
  await expect.poll(() => screen.queryByText('glücksritter_77')).toBeNull()
  expect(calls.findLast(([name]) => name === 'blocked.remove')?.[1]).toMatchObject({
    key: 'DE.10293847561029384756',
  })
})

test('supervisors see the block list and unblock nobody', async () => {
  show(Blocked, { numberId }, aWire({ role: 'supervisor' }).wire)
  await screen.findByText('Thorsten Wübbenhorst')
  expect(screen.queryByRole('button', { name: /freigeben/ })).toBeNull()
})

test('ice breakers and commands are added and removed; each mistake is said at its field', async () => {
  const { wire, calls } = aWire()
  show(Greeting, { numberId }, wire)
  await fireEvent.click(await screen.findByRole('button', { name: 'Frage hinzufügen' }))
  expect(screen.queryByRole('button', { name: 'Frage hinzufügen' })).toBeNull()
  expect(screen.getByText('Darf nicht leer sein.')).toBeTruthy()
  await type(/^Einstiegsfrage 4/, 'Hallo 👋')
  expect(screen.getByText('Emojis sind hier nicht möglich.')).toBeTruthy()
  await press('Frage 4 entfernen')
  await press('Befehl 1 entfernen')
  await press('Speichern')
  await expect
    .poll(() => calls.findLast(([name]) => name === 'components.set')?.[1])
    .toMatchObject({ components: { commands: [{ name: 'rechnung' }] } })
})

test('the firm’s own explanation shows what is not known, and can be taken back', async () => {
  const { wire } = aWire()
  show(ExplanationText, { numberId }, wire)
  expect(await screen.findByText(/Unser Name bei WhatsApp ist „Nordwerk/)).toBeTruthy()
  await type(/^Freigegebener Text/, 'Wir sind {{firma}}.')
  expect(screen.getByText(/Platzhalter {{firma}} ist nicht bekannt/)).toBeTruthy()
  await type(/^Freigegebener Text/, 'Wir sind {{name}}.\nUnser {{badge}}.')
  await press('Speichern')
  expect(await screen.findByText('Wir sind Nordwerk Kundenservice.')).toBeTruthy()
  await press('Mitgelieferten Text nehmen')
  expect(await screen.findByText(/Unser Name bei WhatsApp/, { selector: 'p' })).toBeTruthy()
})

test('a crop stays inside its picture, however far it is moved or enlarged', () => {
  const size = { width: 1000, height: 600 }
  expect(cropOf(size, middleOf(size))).toEqual({ left: 200, top: 0, side: 600 })
  expect(cropOf(size, moved(size, middleOf(size), 5000, 5000))).toEqual({
    left: 400,
    top: 0,
    side: 600,
  })
  const near = moved(size, { ...middleOf(size), zoom: 2 }, -5000, -5000)
  expect(cropOf(size, near)).toEqual({ left: 0, top: 0, side: 300 })
})

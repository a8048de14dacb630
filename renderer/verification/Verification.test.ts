import { configure, fireEvent, screen, within } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Role } from '../../core/domain/people.ts'
import { exampleNowMs } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { followRoute, goToNumber } from '../bridge/route.svelte.ts'
import { aDesk, aLinkState } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import { verificationHandlers } from '../testing/verification/handlers.ts'
import type { Scene } from '../testing/verification/scenes.ts'
import { setLanguage } from '../ui/i18n.svelte.ts'
import './Overview.svelte' // read before the first test has to wait for it
import Verification from './Verification.svelte'

// A whole area takes a moment to be read by role where the machine is busy.
configure({ asyncUtilTimeout: 5_000 })
const stop = followRoute()
afterEach(() => goToNumber(null, null, 'replace'))
goToNumber(null)

type Given = { scene?: Scene; role?: Role; isOnline?: boolean }

function showArea(given: Given = {}, handlers: Partial<Handlers> = {}) {
  const wished = { scene: 'three', role: 'administrator', isOnline: true, ...given } as const
  const host = loopback({
    ...aDesk(),
    ...verificationHandlers({ ...wished, nowMs: exampleNowMs, ours: [] }),
    ...handlers,
  })
  return { ...host, ...show(Verification, {}, host.wire) }
}
const lines = async () =>
  within(await screen.findByRole('navigation', { name: 'Nummern' })).findAllByRole('link')
const ledger = () => screen.findByRole('table', { name: 'Was WhatsApp über die Nummer sagt' })
const row = async (name: string) =>
  within(await ledger()).getByRole('row', { name: new RegExp(`^${name} `) })
const button = (name: string) => screen.findByRole('button', { name })

async function openDeed(name: string) {
  await fireEvent.click(await button('Eingriffe'))
  await fireEvent.click(await screen.findByRole('menuitem', { name }))
  return screen.findByRole('dialog')
}

test('numbers stand worst first, and the worst is open with what helps', async () => {
  showArea()
  const [first, second, third] = await lines()
  expect(first?.textContent).toContain('+49 40 3006 8810')
  expect(first?.textContent).toContain('Die Qualität ist auf „Mittel“ gesunken.')
  expect(first?.getAttribute('aria-current')).toBe('page')
  expect(second?.textContent).toContain('Nordwerk Wien')
  expect(third?.textContent).toContain('Alles in Ordnung')
  expect(screen.getByText(/^3 Nummern · Stand/)).toBeTruthy()

  expect(await screen.findByRole('heading', { level: 2, name: /Kundenservice/ })).toBeTruthy()
  expect(document.title).toBe('Verifizierung +49 40 3006 8810 · Kontor')
  const advice = await screen.findByRole('article', { name: /Qualität ist auf „Mittel“/ })
  expect(within(advice).getByText('Teamleitung · seit 18.11.2026')).toBeTruthy()
  expect((await row('Qualität')).textContent).toContain('Mittel')
  expect((await row('Unternehmensverifizierung')).textContent).toContain('Portfolio Nordwerk GmbH')
})

test('one piece of advice stands in full, and the others unfold', async () => {
  showArea()
  await fireEvent.click((await lines())[1]!)
  await screen.findByRole('article', { name: 'Der Anzeigename „Nordwerk Wien“ wurde abgelehnt.' })
  const others = await screen.findByText('1 weiterer Hinweis')
  expect(others.closest('details')?.open).toBe(false)
  expect(others.closest('details')?.textContent).toContain('PIN setzen')
})

test('the limit is the portfolio’s, with how much of it is used', async () => {
  showArea()
  const limit = await row('Nachrichtenlimit \\(Portfolio\\)')
  const meter = within(limit).getByRole('meter')
  expect(meter.getAttribute('aria-valuetext')).toBe('6.412 von 10.000')
  expect(meter.getAttribute('aria-valuemax')).toBe('10000')
})

test('arrow keys go through the numbers, and Enter goes into one', async () => {
  showArea()
  const [first] = await lines()
  first?.focus()
  await fireEvent.keyDown(first!, { key: 'ArrowDown' })
  await expect.poll(() => document.activeElement?.textContent).toContain('Nordwerk Wien')
  expect(await screen.findByRole('heading', { level: 2, name: 'Nordwerk Wien' })).toBeTruthy()
  await fireEvent.keyDown(document.activeElement!, { key: 'End' })
  expect(await screen.findByRole('heading', { level: 2, name: /Rechnungen/ })).toBeTruthy()
  await fireEvent.keyDown(document.activeElement!, { key: 'Enter' })
  await expect.poll(() => document.activeElement?.closest('[data-pane=number]')).toBeTruthy()
})

test('an official account has its seal, beside the name and in what contacts see', async () => {
  showArea()
  const [, , official] = await lines()
  await fireEvent.click(official!)
  await screen.findByRole('heading', { level: 2, name: /Nordwerk Rechnungen Offizielles Konto/ })
  const preview = await screen.findByRole('region', { name: 'So sehen Kontakte uns' })
  expect(within(preview).getAllByRole('img', { name: 'Offizielles Konto' })).toHaveLength(2)
})

test('contacts see the number as long as the name is not approved', async () => {
  showArea()
  await fireEvent.click((await lines())[1]!)
  await screen.findByRole('heading', { level: 2, name: 'Nordwerk Wien' })
  const preview = await screen.findByRole('region', { name: 'So sehen Kontakte uns' })
  expect(within(preview).getAllByText('+43 1 205 1234')).toHaveLength(2)
  expect(within(preview).getByText(/zeigt WhatsApp .* die Rufnummer/)).toBeTruthy()
})

test('who may not act reads everything and is shown no way to act', async () => {
  for (const role of ['agent', 'supervisor'] as const) {
    goToNumber(null)
    const { unmount } = showArea({ role })
    expect(await screen.findByText(/^Nur zum Lesen/)).toBeTruthy()
    await fireEvent.click((await lines())[1]!)
    await screen.findByRole('article', { name: /wurde abgelehnt/ })
    const shown = screen.getAllByRole('button').map((one) => one.textContent?.trim())
    expect(shown.filter((text) => text !== '')).toEqual(['Als CSV speichern'])
    unmount()
  }
})

test('an advice leads to the deed that helps', async () => {
  const { calls } = showArea()
  await fireEvent.click((await lines())[1]!)
  await fireEvent.click(await button('Neuen Namen einreichen'))
  const dialog = await screen.findByRole('dialog', { name: /^Anzeigenamen ändern/ })
  const field = within(dialog).getByLabelText('Neuer Anzeigename')
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Beantragen' }))
  expect(within(dialog).getByText('Der neue Name fehlt.')).toBeTruthy()
  await fireEvent.input(field, { target: { value: ' Nordwerk Österreich ' } })
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Beantragen' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  const acted = calls.filter(([name]) => name === 'verification.act').map(([, input]) => input)
  expect(acted).toMatchObject([{ deed: { kind: 'request-name', name: 'Nordwerk Österreich' } }])
})

test('a number is deregistered only by who typed it', async () => {
  const { calls } = showArea()
  const dialog = await openDeed('Nummer abmelden')
  expect(within(dialog).getByText(/weder senden noch empfangen/)).toBeTruthy()
  const press = () =>
    fireEvent.click(within(dialog).getByRole('button', { name: 'Nummer abmelden' }))
  const field = within(dialog).getByLabelText('Zur Bestätigung die Nummer eingeben')
  await fireEvent.input(field, { target: { value: '+49 40 3006 8811' } })
  await press()
  expect(within(dialog).getByText('Das ist nicht +49 40 3006 8810.')).toBeTruthy()
  expect(calls.some(([name]) => name === 'verification.act')).toBe(false)
  await fireEvent.input(field, { target: { value: '494030068810' } })
  await press()
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(calls).toContainEqual([
    'verification.act',
    expect.objectContaining({ deed: { kind: 'deregister', confirm: '494030068810' } }),
  ])
})

test('what WhatsApp refuses is said in the dialog, which stays', async () => {
  showArea()
  const dialog = await openDeed('Nummer anmelden')
  const press = () =>
    fireEvent.click(within(dialog).getByRole('button', { name: 'Nummer anmelden' }))
  await fireEvent.input(within(dialog).getByLabelText('PIN der Nummer'), {
    target: { value: '12345' },
  })
  await press()
  expect(within(dialog).getByText('Die PIN besteht aus sechs Ziffern.')).toBeTruthy()
  await fireEvent.input(within(dialog).getByLabelText('PIN der Nummer'), {
    target: { value: '123456' },
  })
  await press()
  const alert = await within(dialog).findByRole('alert')
  expect(alert.textContent).toContain('Das ist nicht die PIN dieser Nummer.')
})

test('a number is confirmed in two steps of one dialog', async () => {
  const { calls } = showArea()
  const dialog = await openDeed('Nummer bestätigen')
  await fireEvent.click(within(dialog).getByLabelText('Anruf'))
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Code anfordern' }))
  const field = await within(dialog).findByLabelText('Code')
  await fireEvent.input(field, { target: { value: '204815' } })
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Bestätigen' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  const acted = calls.filter(([name]) => name === 'verification.act').map(([, input]) => input)
  expect(acted).toMatchObject([
    { deed: { kind: 'request-code', by: 'voice', language: 'de' } },
    { deed: { kind: 'verify-code', code: '204815' } },
  ])
})

test('what changes arrives by itself, in state and history', async () => {
  let scene: Scene = 'never'
  const now = () =>
    verificationHandlers({
      scene,
      role: 'supervisor',
      isOnline: true,
      nowMs: exampleNowMs,
      ours: [],
    })
  const { signal } = showArea(
    {},
    {
      'verification.overview': (input) => now()['verification.overview'](input),
      'verification.history': (input) => now()['verification.history'](input),
    },
  )
  expect(await screen.findByText(/noch nicht befragt/)).toBeTruthy()
  expect(await screen.findByText('Noch keine Änderung.')).toBeTruthy()
  scene = 'three'
  signal('verification.changed', {})
  expect(await screen.findByRole('article', { name: /Qualität ist auf „Mittel“/ })).toBeTruthy()
  const timeline = await screen.findByRole('region', { name: 'Verlauf' })
  await expect
    .poll(() => within(timeline).queryAllByRole('listitem')[0]?.textContent?.replace(/\s+/g, ' '))
    .toContain('Qualität von Hoch auf Mittel Meldung von WhatsApp')
})

test('the history is asked for one kind, and says when there is none', async () => {
  const { calls } = showArea()
  const timeline = await screen.findByRole('region', { name: 'Verlauf' })
  expect(await within(timeline).findAllByRole('listitem')).toHaveLength(6)
  const filter = within(timeline).getByRole('combobox', { name: 'Verlauf filtern' })
  await fireEvent.change(filter, { target: { value: 'limit' } })
  await expect.poll(() => within(timeline).queryAllByRole('listitem').length).toBe(1)
  await fireEvent.change(filter, { target: { value: 'profile' } })
  expect(await within(timeline).findByText('Davon steht nichts im Verlauf.')).toBeTruthy()
  expect(calls).toContainEqual([
    'verification.history',
    expect.objectContaining({ kinds: ['limit'] }),
  ])
})

test('without a server the state stays, with its age, and only the history is missing', async () => {
  showArea({ isOnline: false }, { 'link.state': () => aLinkState({ isOnline: false }) })
  const age = /^Keine Verbindung zum Server\. Angezeigt wird der Stand/
  expect(await screen.findByText(age)).toBeTruthy()
  expect(await row('Qualität')).toBeTruthy()
  expect(await screen.findByText('Der Verlauf braucht eine Verbindung zum Server.')).toBeTruthy()
})

test('a refused token is the first advice, and what is shown says how old it is', async () => {
  showArea({ scene: 'refused' })
  const advice = await screen.findByRole('article', { name: /nimmt das Zugriffstoken nicht an/ })
  expect(within(advice).getByRole('button', { name: 'Bei Meta öffnen' })).toBeTruthy()
  expect(
    await screen.findByText(/^WhatsApp antwortet seit .* Angezeigt wird der Stand/),
  ).toBeTruthy()
  expect((await row('Zugang')).textContent).toContain('Ungültig')
})

test('no number, and no answer, are each said with what can be done', async () => {
  const { unmount } = showArea({ scene: 'none' })
  expect(await screen.findByText(/^Noch keine Nummer\./)).toBeTruthy()
  unmount()
  let isDown = true
  const { 'verification.overview': overview } = verificationHandlers({
    scene: 'three',
    role: 'agent',
    isOnline: true,
    nowMs: exampleNowMs,
    ours: [],
  })
  showArea(
    {},
    {
      'verification.overview': () => {
        if (isDown) throw new AppError('unavailable', 'as wished')
        return overview({})
      },
    },
  )
  expect(await screen.findByText('Die Verifizierung konnte nicht geladen werden.')).toBeTruthy()
  isDown = false
  await fireEvent.click(await button('Erneut versuchen'))
  expect(await lines()).toHaveLength(3)
})

test('an address of a number that is not ours says so', async () => {
  goToNumber('somebody-elses')
  showArea()
  expect(await screen.findByText('Diese Nummer gibt es hier nicht.')).toBeTruthy()
})

test('ten numbers of two portfolios stand under their portfolio', async () => {
  showArea({ scene: 'ten' })
  expect(await lines()).toHaveLength(10)
  const headings = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)
  expect(headings.slice(0, 2)).toEqual(['Nordwerk Süd AG', 'Nordwerk GmbH'])
  expect((await lines())[0]?.textContent).toContain('WhatsApp hat die Nummer gesperrt.')
})

test('in English it is English, with the same facts', async () => {
  setLanguage('en')
  showArea()
  expect(await screen.findByRole('heading', { level: 1, name: 'Verification' })).toBeTruthy()
  expect(await screen.findByText('Quality dropped to “Medium”.')).toBeTruthy()
  stop()
})

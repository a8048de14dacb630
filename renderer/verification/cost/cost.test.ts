import { fireEvent, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { NumberId } from '../../../core/domain/ids.ts'
import type { Role } from '../../../core/domain/people.ts'
import { aNumber, anId, aUser } from '../../../core/testing/examples.ts'
import { loopback } from '../../../core/testing/loopback.ts'
import { aDesk, anAppState } from '../../testing/desk.ts'
import { presenceHandlers, type PresenceMode } from '../../testing/presence.ts'
import { show } from '../../testing/show.ts'
import { csvOf, microsOf, monthBefore, thresholdsOf } from './cost.ts'
import Cost from './Cost.svelte'

const [first, second] = [anId<NumberId>(), anId<NumberId>()]

function opened(mode: PresenceMode = 'ready', role: Role = 'administrator') {
  const user = aUser({ role })
  const numbers = [aNumber({ id: first }), aNumber({ id: second, name: 'Nordwerk Werkstatt' })]
  const desk = loopback({
    ...aDesk(),
    'app.state': () => anAppState({ user }),
    'directory.all': () => ({ users: [user], teams: [], labels: [], numbers }),
    ...presenceHandlers([first, second], mode),
  })
  show(Cost, { numberId: first }, desk.wire)
  return desk
}
const choose = (name: string) => fireEvent.click(screen.getByRole('radio', { name }))
const rowOf = (name: string) =>
  within(screen.getByRole('row', { name: new RegExp(`^${name}`) }))
    .getAllByRole('cell')
    .map((cell) => cell.textContent?.replace(/\s/g, ' ').trim())

test('the month is told by category, country and number, and never as Meta’s invoice', async () => {
  opened()
  expect(await screen.findByText(/keine Rechnung von Meta/)).toBeTruthy()
  await screen.findByRole('table')
  expect(rowOf('Antworten')).toEqual(['', '3.530', '1.000', '2.530', '135,89 $'])
  expect(rowOf('Summe')).toEqual(['', '4.214', '1.044', '3.170', '223,25 $'])
  expect(screen.getByText('1.000 von 1.000')).toBeTruthy()
  await choose('Land')
  expect(rowOf('Österreich').at(-1)).toBe('1,47 $')
  await choose('Alle Nummern')
  await choose('Nummer')
  await expect.poll(() => screen.queryByRole('row', { name: /^Nordwerk Werkstatt/ })).not.toBeNull()
  expect(rowOf('Nordwerk Werkstatt').at(-1)).toBe('66,44 $')
  expect(screen.getByText(/3 Nachrichten sind nicht eingerechnet/)).toBeTruthy()
})

test('the last month is the one before the account’s own', async () => {
  const { calls } = opened()
  await screen.findByRole('table')
  await choose('Letzter Monat')
  await expect
    .poll(() => calls.findLast(([name]) => name === 'cost.get')?.[1])
    .toEqual({ numberId: first, from: '2026-10-01', to: '2026-10-31' })
  expect(await screen.findByText('01.10.2026 bis 31.10.2026')).toBeTruthy()
  expect(screen.queryByText('Voraussichtlich im ganzen Monat')).toBeNull()
})

test('a budget is set with its thresholds, and an amount that is none is named', async () => {
  const { calls } = opened()
  await screen.findByRole('table')
  await choose('Alle Nummern')
  await fireEvent.click(await screen.findByRole('button', { name: 'Budget ändern' }))
  const type = (label: RegExp, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } })
  await type(/^Betrag/, 'viel')
  await fireEvent.click(screen.getByRole('button', { name: 'Speichern' }))
  expect(screen.getByText(/Ein Betrag über null/)).toBeTruthy()
  await type(/^Betrag/, '99,50')
  await type(/^Alarm/, '100, 50')
  await fireEvent.click(screen.getByRole('button', { name: 'Speichern' }))
  await expect
    .poll(() => calls.findLast(([name]) => name === 'cost.set-budget')?.[1])
    .toEqual({ budget: { amountMicros: 99_500_000, thresholds: [50, 100] } })
})

test('supervisors see the budget and change nothing; a month without messages says so', async () => {
  opened('empty', 'supervisor')
  expect(await screen.findByText('In dieser Zeit wurde nichts zugestellt.')).toBeTruthy()
  await choose('Alle Nummern')
  expect(await screen.findByText('Kein Budget festgelegt.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Budget festlegen' })).toBeNull()
})

test('amounts, thresholds and months are read as people write them', () => {
  expect(['250', '99,5', '0.01', '0', '1.234,50', '-3', ''].map(microsOf)).toEqual([
    250_000_000,
    99_500_000,
    10_000,
    ...[undefined, undefined, undefined, undefined],
  ])
  expect(['80 100', '100%, 50', '0', '1 2 3 4 5 6', ''].map(thresholdsOf)).toEqual([
    [80, 100],
    [50, 100],
    ...[undefined, undefined, undefined],
  ])
  expect(monthBefore('2026-03-24')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(monthBefore('2026-01-01')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
})

test('a cell of the CSV is text to a spreadsheet, whatever it begins with', () => {
  const text = new TextDecoder().decode(csvOf([['=1+1', 'a;b', 'say "x"', 3]]))
  expect(text).toBe(`'=1+1;"a;b";"say ""x""";3\r\n`)
})

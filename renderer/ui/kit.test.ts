import { fireEvent, screen } from '@testing-library/svelte'
import { createRawSnippet, type Component } from 'svelte'
import { expect, test, vi } from 'vitest'
import { loopback } from '../../core/testing/loopback.ts'
import { show } from '../testing/show.ts'
import Avatar from './Avatar.svelte'
import Badge from './Badge.svelte'
import Banner from './Banner.svelte'
import Button from './Button.svelte'
import Dialog from './Dialog.svelte'
import { initials } from './initials.ts'
import Menu from './Menu.svelte'
import SegmentedControl from './SegmentedControl.svelte'
import TextField from './TextField.svelte'
import Tick from './Tick.svelte'
import Tooltips from './Tooltips.svelte'

const wire = loopback({}).wire
const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }))
const seen = <Props extends Record<string, unknown>>(shown: Component<Props>, props: Props) =>
  show(shown, props, wire)

test('a button at work takes no second press', () => {
  const pressed: string[] = []
  const props = { isBusy: true, onclick: () => pressed.push('once'), children: words('Senden') }
  seen(Button, props)
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Senden' })
  button.click()
  expect(pressed).toEqual([])
  expect(button.getAttribute('aria-busy')).toBe('true')
})

test('a field says its hint, and what is wrong instead once something is', async () => {
  const props = { label: 'E-Mail', value: '', hint: 'z. B. anna@firma.de' }
  const { change } = seen(TextField, props)
  const input = screen.getByLabelText('E-Mail')
  const said = () => document.getElementById(input.getAttribute('aria-describedby') ?? '')
  expect(said()?.textContent).toBe('z. B. anna@firma.de')
  await change({ ...props, error: 'Die Adresse fehlt.' } as typeof props)
  expect(said()?.textContent).toBe('Die Adresse fehlt.')
  expect(input.getAttribute('aria-invalid')).toBe('true')
})

test('of a few options one is chosen', async () => {
  const chosen: string[] = []
  const options = [
    { value: 'reply', label: 'Antwort' },
    { value: 'note', label: 'Notiz' },
  ]
  const onchange = (value: string) => chosen.push(value)
  seen(SegmentedControl as Component<Record<string, unknown>>, {
    label: 'Art der Nachricht',
    options,
    value: 'reply',
    onchange,
  })
  expect(screen.getByRole('group', { name: 'Art der Nachricht' })).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Antwort').checked).toBe(true)
  await fireEvent.click(screen.getByLabelText('Notiz'))
  expect(chosen).toEqual(['note'])
})

test('a menu goes around, jumps to letters and closes when the focus leaves', async () => {
  const run: string[] = []
  const item = (label: string) => ({
    kind: 'command' as const,
    key: label,
    label,
    run: () => run.push(label),
  })
  const heading = { kind: 'heading' as const, key: 'h', label: 'Personen' }
  const items = [heading, item('Anna'), item('Cem'), item('Ayşe')]
  seen(Menu, { label: 'Zuweisen', items, children: words('Zuweisen') })
  await fireEvent.click(screen.getByRole('button', { name: 'Zuweisen' }))
  const focused = () => document.activeElement?.textContent?.trim()
  await expect.poll(focused).toBe('Anna')
  for (const [key, name] of [
    ['ArrowUp', 'Ayşe'],
    ['ArrowDown', 'Anna'],
    ['c', 'Cem'],
    ['a', 'Ayşe'],
  ] as const) {
    await fireEvent.keyDown(document.activeElement!, { key })
    expect(focused()).toBe(name)
  }
  await fireEvent.click(document.activeElement!)
  expect(run).toEqual(['Ayşe'])
  expect(screen.queryByRole('menu')).toBeNull()
})

test('a dialog is named by its title and closes by Escape', async () => {
  const closed: string[] = []
  seen(Dialog, {
    title: 'Noch nicht alles gesendet',
    onClose: () => closed.push('closed'),
    children: words('Eine Nachricht wartet.'),
    actions: words('…'),
  })
  const dialog = screen.getByRole('dialog', { name: 'Noch nicht alles gesendet' })
  await fireEvent(dialog, new Event('cancel', { cancelable: true }))
  expect(closed).toEqual(['closed'])
})

test('a tooltip waits for half a second, and goes with the pointer', async () => {
  vi.useFakeTimers()
  seen(Tooltips, {})
  const button = document.body.appendChild(document.createElement('button'))
  button.dataset.tip = 'Kontakt anzeigen'
  button.dataset.tipKeys = 'Strg .'
  const tip = document.querySelector('[popover]')
  await fireEvent.pointerOver(button)
  await vi.advanceTimersByTimeAsync(400)
  expect(tip?.textContent).toBe('')
  await vi.advanceTimersByTimeAsync(200)
  expect(tip?.textContent).toBe('Kontakt anzeigenStrg .')
  await fireEvent.pointerOver(document.body)
  await vi.advanceTimersByTimeAsync(0)
  expect(tip?.textContent).toBe('')
  button.remove()
  vi.useRealTimers()
})

test('what is only for the eye is hidden from the ear', () => {
  seen(Avatar, { name: 'Dörte Müller-Lüdenscheidt' })
  seen(Badge, { count: 120 })
  seen(Tick, { state: 'read' as const })
  expect(screen.getByText('DM').getAttribute('aria-hidden')).toBe('true')
  expect(screen.getByText('99+').getAttribute('aria-hidden')).toBe('true')
  expect(document.querySelector('.tick')?.getAttribute('aria-hidden')).toBe('true')
})

test('a warning that stops the work interrupts', () => {
  seen(Banner, { tone: 'bad' as const, role: 'alert' as const, children: words('Kein Platz mehr') })
  expect(screen.getByRole('alert').textContent).toContain('Kein Platz mehr')
})

test.each([
  ['Dörte Müller-Lüdenscheidt', 'DM'],
  ['@lena.hh', '@l'],
  ['+49 40 1234', '+4'],
  ['Firma Petersen & Söhne', 'FS'],
  ['élodie', 'É'],
  ['👩‍🔧', '👩'],
  ['', '?'],
])('the initials of %s are %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

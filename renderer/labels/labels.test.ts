import { fireEvent, screen, within } from '@testing-library/svelte'
import { beforeEach, expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { LabelId } from '../../core/domain/ids.ts'
import type { Label } from '../../core/domain/label.ts'
import type { User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import { aLabel } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { labelling } from '../bridge/labelling.svelte.ts'
import { aDesk, anAppState, anna } from '../testing/desk.ts'
import { aThreadPage } from '../testing/every-kind.ts'
import { show } from '../testing/show.ts'
import { dismissToast, toasts, undoNewest } from '../ui/toasts.svelte.ts'
import LabelPicker from './LabelPicker.svelte'
import ManageLabels from './ManageLabels.svelte'
import { placeBeside } from './place.ts'

const labels = [
  aLabel({ name: 'Lieferung' }),
  aLabel({ name: 'Rückruf', tone: 'moss' }),
  aLabel({ name: 'Technik', tone: 'blue' }),
]
const [delivery, callback, technical] = labels.map(({ id }) => id)

beforeEach(() => {
  for (const toast of toasts()) dismissToast(toast.id)
})

/** A host with labels, on which labelling has its effect. */
function aHost(role: User['role'], more: Partial<Handlers> = {}) {
  let known = labels
  const page = aThreadPage([{ direction: 'in' }])
  const on = new Set<LabelId>([delivery!])
  const host = loopback({
    ...aDesk(),
    'app.state': () => anAppState({ user: { ...anna, role } }),
    'directory.all': () => ({ users: [anna], teams: [], numbers: [], labels: known }),
    'thread.page': () => ({ ...page, conversation: { ...page.conversation, labels: [...on] } }),
    'label.add': ({ labelId }) => {
      on.add(labelId)
      return null
    },
    'label.remove': ({ labelId }) => {
      on.delete(labelId)
      return null
    },
    'label.list': () => known.map((label) => ({ ...label, conversations: 2 })),
    'label.create': (given) => {
      const label: Label = aLabel(given)
      known = [...known, label]
      return label
    },
    'label.change': ({ labelId, ...given }) => ({ ...aLabel(), id: labelId, ...present(given) }),
    'label.delete': ({ labelId }) => {
      known = known.filter(({ id }) => id !== labelId)
      return null
    },
    ...more,
  })
  const asked = (name: string) => host.calls.filter(([called]) => called === name)
  return { ...host, on, asked, conversationId: page.conversation.id }
}

async function picker(role: User['role'], more: Partial<Handlers> = {}) {
  const host = aHost(role, more)
  const { conversationId } = host
  const closed: string[] = []
  const onclose = () => void closed.push('closed')
  show(LabelPicker, { conversationId, name: 'Petra', anchor: null, onclose }, host.wire)
  const field = await screen.findByRole<HTMLInputElement>('combobox')
  await expect.poll(() => checked()).toEqual(['Lieferung'])
  const press = (key: string) => fireEvent.keyDown(field, { key })
  const type = (value: string) => fireEvent.input(field, { target: { value } })
  const close = () => fireEvent(screen.getByRole('dialog'), new Event('cancel'))
  return { ...host, field, press, type, close, closed }
}

const names = () => screen.queryAllByRole('option').map((option) => option.textContent?.trim())
const checked = () =>
  screen.queryAllByRole('option', { selected: true }).map((option) => option.textContent?.trim())

test('labels are found by typing, put on and off with Enter, and all of it can be undone', async () => {
  const { on, field, press, type, close, closed } = await picker('agent')
  expect(names()).toEqual(['Lieferung', 'Rückruf', 'Technik'])
  await type('ruck')
  expect(names()).toEqual(['Rückruf'])
  const option = screen.getByRole('option')
  expect(field.getAttribute('aria-activedescendant')).toBe(option.id)
  await press('Enter')
  await expect.poll(() => [...on]).toEqual([delivery, callback])
  await type('')
  await press('ArrowDown')
  await press('ArrowUp')
  await press('Enter')
  await expect.poll(() => [...on]).toEqual([callback])
  await expect.poll(() => checked()).toEqual(['Rückruf'])
  await close()
  expect(closed).toEqual(['closed'])
  expect(toasts().at(-1)?.text).toBe('Petra: Merkmale geändert')
  expect(undoNewest()).toBe(true)
  await expect.poll(() => [...on]).toEqual([delivery])
})

test('one change is named, and one taken back by hand is none', async () => {
  const { on, press, close } = await picker('agent')
  await press('ArrowUp')
  await press('Enter')
  await expect.poll(() => on.has(technical!)).toBe(true)
  await press('ArrowDown')
  await press('Enter')
  await expect.poll(() => on.has(delivery!)).toBe(false)
  await press('Enter')
  await expect.poll(() => on.has(delivery!)).toBe(true)
  await expect.poll(() => checked()).toEqual(['Lieferung', 'Technik'])
  await close()
  expect(toasts().at(-1)?.text).toBe('Petra: Merkmal „Technik“ hinzugefügt')
})

test('who manages labels makes one right there; others are told that there is none', async () => {
  const { on, press, type, asked } = await picker('supervisor')
  await type('lieferung ')
  expect(names()).toEqual(['Lieferung'])
  await type('Messe')
  expect(names()).toEqual(['„Messe“ anlegen'])
  await press('Enter')
  await expect.poll(() => on.size).toBe(2)
  expect(asked('label.create')[0]?.[1]).toEqual({ name: 'Messe', tone: 'violet' })
  await fireEvent.click(screen.getByRole('button', { name: 'Merkmale verwalten' }))
  expect(labelling()).toEqual({ kind: 'manage' })
})

test('an agent makes none, and what fails is said where it happened', async () => {
  const { press, type } = await picker('agent', {
    'label.add': () => {
      throw new AppError('label-gone', 'deleted meanwhile')
    },
  })
  await type('Messe')
  expect(names()).toEqual([])
  expect(screen.getByText('Kein Merkmal passt.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Merkmale verwalten' })).toBeNull()
  await type('Technik')
  await press('Enter')
  expect((await screen.findByRole('alert')).textContent).toContain('gibt es nicht mehr')
})

test('a label is renamed when its name is left, and deleted after a question that says how many lose it', async () => {
  const host = aHost('supervisor', {
    'label.change': () => {
      throw new AppError('already-exists', 'taken')
    },
  })
  show(ManageLabels, { onclose: () => undefined }, host.wire)
  const name = await screen.findByRole('textbox', { name: 'Name von „Technik“' })
  await fireEvent.input(name, { target: { value: 'Rückruf' } })
  await fireEvent.change(name)
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Ein Merkmal mit diesem Namen gibt es schon.',
  )
  await fireEvent.click(screen.getByRole('button', { name: '„Technik“ löschen' }))
  const group = screen.getByRole('group', {
    name: '„Technik“ löschen? 2 Unterhaltungen verlieren es.',
  })
  expect(host.asked('label.delete')).toEqual([])
  await fireEvent.click(within(group).getByRole('button', { name: 'Löschen' }))
  await expect.poll(() => screen.queryByRole('textbox', { name: 'Name von „Technik“' })).toBeNull()
})

test('the choice stands under what it belongs to, or over it where there is no room', () => {
  const screen = { width: 1000, height: 800 }
  const box = { width: 288, height: 300 }
  const at = (left: number, top: number) =>
    placeBeside({ left, top, bottom: top + 32 }, box, screen)
  expect(at(100, 100)).toEqual({ left: 100, top: 136 })
  expect(at(900, 700)).toEqual({ left: 704, top: 396 })
  expect(placeBeside({ left: 0, top: 20, bottom: 780 }, box, screen)).toEqual({ left: 8, top: 8 })
})

import { fireEvent, screen } from '@testing-library/svelte'
import { beforeEach, expect, test } from 'vitest'
import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { must } from '../../core/lib/must.ts'
import { aMessage, anId, exampleNowMs } from '../../core/testing/examples.ts'
import { aDesk, anna } from '../testing/desk.ts'
import { aThreadPage } from '../testing/every-kind.ts'
import { openThread } from '../testing/open-thread.ts'
import { dismissToast, runToast, toasts } from '../ui/toasts.svelte.ts'

beforeEach(() => {
  for (const toast of toasts()) dismissToast(toast.id)
})

const written = { kind: 'agent' as const, id: anna.id, name: anna.name }
function aNote(given: Partial<Message> = {}): Message {
  const { wamid: _none, ...rest } = aMessage({ id: anId<MessageId>(), type: 'note' })
  const note = { direction: 'note' as const, status: 'saved' as const, author: written }
  return { ...rest, ...note, text: 'Rückruf um neun', ...given }
}
async function open(note: Partial<Message>) {
  const page = aThreadPage([note])
  const deeds = { 'note.edit': () => null, 'note.delete': () => null }
  const host = openThread(page, { ...aDesk([]), 'thread.page': () => ({ ...page }), ...deeds })
  await expect.poll(() => host.calls.some(([name]) => name === 'app.state')).toBe(true)
  await article()
  const { id: noteId, conversationId } = must(page.messages[0], 'note')
  return { ...host, ids: { noteId, conversationId } }
}
const article = async () => (await screen.findAllByRole('article')).at(-1)!

test('E writes one’s own note anew, on top of what was shown; Enter saves, Escape leaves it', async () => {
  const { calls, ids } = await open(aNote({ revision: 2 }))
  await fireEvent.keyDown(await article(), { key: 'e' })
  const field = await screen.findByRole('textbox', { name: 'Notiz bearbeiten' })
  await fireEvent.input(field, { target: { value: ' Rückruf um zehn ' } })
  await fireEvent.keyDown(field, { key: 'Enter' })
  const given = { ...ids, text: 'Rückruf um zehn', baseRevision: 2 }
  await expect.poll(() => calls).toContainEqual(['note.edit', given])
  await expect.poll(() => screen.queryByRole('textbox')).toBeNull()
  await fireEvent.keyDown(await article(), { key: 'e' })
  const again = await screen.findByRole('textbox', { name: 'Notiz bearbeiten' })
  await fireEvent.keyDown(again, { key: 'Escape' })
  await expect.poll(() => screen.queryByRole('textbox')).toBeNull()
  expect(calls.filter(([name]) => name === 'note.edit')).toHaveLength(1)
})

test('a deleted note of one’s own can be had back while the notice stands', async () => {
  const { calls, ids } = await open(aNote())
  await fireEvent.keyDown(await article(), { key: 'Delete' })
  await expect.poll(() => calls).toContainEqual(['note.delete', ids])
  await expect.poll(() => toasts().at(-1)?.text).toBe('Notiz gelöscht')
  runToast(toasts().at(-1)!)
  const back = { ...ids, text: 'Rückruf um neun', baseRevision: 1 }
  await expect.poll(() => calls).toContainEqual(['note.edit', back])
})

test('a colleague’s note is neither edited nor deleted by who is no supervisor', async () => {
  const { calls } = await open(aNote({ author: { ...written, id: anId(), name: 'Cem' } }))
  await fireEvent.keyDown(await article(), { key: 'e' })
  await fireEvent.keyDown(await article(), { key: 'Delete' })
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(calls.filter(([name]) => name === 'note.delete')).toEqual([])
})

test('a note says that it was edited, what stood there before, and that two wrote at once', async () => {
  const edited = { previousTexts: ['Rückruf um neun'], editedAtMs: exampleNowMs, revision: 1 }
  await open(aNote({ ...edited, text: 'um zehn', isEditedAtOnce: true }))
  expect(await screen.findByText(/Gleichzeitig auch bearbeitet von Anna/)).toBeTruthy()
  expect(screen.getByText('Rückruf um neun')).toBeTruthy()
})

test('of a deleted note it is said that there was one, and by whom it went', async () => {
  const { text: _gone, ...rest } = aNote({ deletedAtMs: exampleNowMs, deletedBy: 'Ayşe Demir' })
  await open(rest)
  expect(await screen.findByText('Notiz gelöscht von Ayşe Demir')).toBeTruthy()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MessageId } from '../domain/ids.ts'
import { must } from '../lib/must.ts'
import { aConversation, anId, aUser, exampleNowMs } from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'

const [anna, cem] = [aUser({ name: 'Anna' }), aUser({ name: 'Cem' })]
const lead = aUser({ role: 'supervisor', name: 'Ayşe' })

function aNote(text = 'Rückruf um neun') {
  const conversation = aConversation()
  const state = stateOf({ entity: 'conversation', row: conversation })
  const at = { conversationId: conversation.id, noteId: anId<MessageId>() }
  const { conversationId, noteId } = at
  state.does(anna, 'note.add', { id: noteId, conversationId, text })
  return {
    note: () => must(state.get('message', noteId), 'note'),
    row: () => must(state.get('conversation', conversationId), 'conversation'),
    edit: (to: string, baseRevision: number, by = anna) =>
      state.does(by, 'note.edit', { ...at, text: to, baseRevision }, exampleNowMs + 1),
    remove: (by = anna) => state.does(by, 'note.delete', at, exampleNowMs + 2),
  }
}

test('an edited note keeps what stood there, and the list shows the new text', () => {
  const { note, row, edit } = aNote()
  expect(edit('Rückruf um zehn', 0).ok).toBe(true)
  expect(note()).toMatchObject({
    text: 'Rückruf um zehn',
    previousTexts: ['Rückruf um neun'],
    revision: 1,
    editedAtMs: exampleNowMs + 1,
  })
  expect(row().lastMessage?.text).toBe('Rückruf um zehn')
  edit('Rückruf um zehn', 1)
  expect(note().revision).toBe(1)
})

test('of two edits at once both are kept, and it is said; the next one settles it', () => {
  const { note, edit } = aNote()
  edit('um zehn', 0)
  edit('um elf', 0)
  expect(note()).toMatchObject({
    text: 'um elf',
    previousTexts: ['Rückruf um neun', 'um zehn'],
    isEditedAtOnce: true,
  })
  edit('um zehn oder elf', 2)
  expect(note()).not.toHaveProperty('isEditedAtOnce')
})

test('only who wrote a note changes it; a supervisor may delete it, and is named', () => {
  const { note, edit, remove } = aNote()
  expect(edit('anders', 0, cem)).toMatchObject({ code: 'forbidden' })
  expect(edit('anders', 0, lead)).toMatchObject({ code: 'forbidden' })
  expect(remove(cem)).toMatchObject({ code: 'forbidden' })
  expect(remove(lead).ok).toBe(true)
  expect(note().deletedBy).toBe('Ayşe')
})

test('of a deleted note no word is left, neither in the thread nor in the list', () => {
  const { note, row, edit, remove } = aNote('geheim')
  edit('auch geheim', 0)
  expect(remove().ok).toBe(true)
  expect(note().deletedAtMs).toBe(exampleNowMs + 2)
  expect(JSON.stringify([note(), row()])).not.toContain('geheim')
})

test('who deleted their note can take just that back; an edit from before is refused', () => {
  const { note, edit, remove, row } = aNote()
  remove()
  expect(edit('von vorher', 0)).toMatchObject({ code: 'conflict' })
  expect(edit('Rückruf um neun', 1).ok).toBe(true)
  expect(note()).toMatchObject({ text: 'Rückruf um neun', revision: 2 })
  expect(note()).not.toHaveProperty('deletedAtMs')
  expect(note()).not.toHaveProperty('editedAtMs')
  expect(row().lastMessage?.text).toBe('Rückruf um neun')
})

test('what is no note of the conversation named is not found', () => {
  const { note } = aNote()
  const state = stateOf({ entity: 'message', row: note() })
  const elsewhere = { noteId: note().id, conversationId: aConversation().id }
  expect(state.does(anna, 'note.delete', elsewhere)).toMatchObject({ code: 'not-found' })
})

test('however edits cross each other, no text that was accepted is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }), (bases) => {
      const { note, edit } = aNote('0')
      bases.forEach((base, index) => edit(String(index + 1), base))
      const { text, previousTexts = [], revision = 0 } = note()
      const all = Array.from({ length: bases.length + 1 }, (_, index) => String(index))
      expect([...previousTexts, text]).toEqual(all)
      expect(revision).toBe(bases.length)
    }),
  )
})

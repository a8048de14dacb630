import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Priority } from '../domain/conversation.ts'
import type { MessageId } from '../domain/ids.ts'
import { must } from '../lib/must.ts'
import { aContact, aConversation, anId, aUser } from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'

const [anna, cem] = [aUser({ name: 'Anna' }), aUser({ name: 'Cem' })]

function aDesk() {
  const contact = aContact({ name: 'D.' })
  const conversation = aConversation({ contactId: contact.id })
  const { id: conversationId } = conversation
  const state = stateOf(
    { entity: 'user', row: anna },
    { entity: 'user', row: cem },
    { entity: 'contact', row: contact },
    { entity: 'conversation', row: conversation },
  )
  const row = () => must(state.get('conversation', conversationId), 'conversation')
  return {
    row,
    contact: () => must(state.get('contact', contact.id), 'contact'),
    line: (id: MessageId) => state.get('message', id)?.activity,
    set: (by: typeof anna, priority: Priority, baseValue: Priority): MessageId => {
      const activityId = anId<MessageId>()
      const args = { conversationId, priority, baseValue, activityId }
      expect(state.does(by, 'conversation.set-priority', args).ok).toBe(true)
      return activityId
    },
    rename: (by: typeof anna, name: string, baseName: string): MessageId => {
      const activityId = anId<MessageId>()
      const base = { name: baseName, conversationId, activityId }
      const args = { contactId: contact.id, name, base }
      expect(state.does(by, 'contact.rename', args).ok).toBe(true)
      return activityId
    },
  }
}

test('the last word on how urgent it is stands, and of two at once the thread tells both', () => {
  const { row, line, set } = aDesk()
  expect(line(set(anna, 'high', 'normal'))).toBeUndefined()
  const clash = set(cem, 'low', 'normal')
  expect(row()).toMatchObject({ priority: 'low', prioritizedBy: cem.id })
  expect(line(clash)).toEqual({ kind: 'priority-changed', from: 'high', to: 'low', by: 'Anna' })
})

test('who knows the value, changes their own or says the same clashes with nobody', () => {
  const { line, set } = aDesk()
  set(anna, 'high', 'normal')
  expect(line(set(anna, 'urgent', 'normal'))).toBeUndefined()
  expect(line(set(cem, 'urgent', 'normal'))).toBeUndefined()
  expect(line(set(cem, 'low', 'urgent'))).toBeUndefined()
})

test('a contact named by two at once has the later name, and the thread tells both', () => {
  const { contact, line, rename } = aDesk()
  expect(line(rename(anna, 'Frau Müller', 'D.'))).toBeUndefined()
  const clash = rename(cem, 'Dörte Müller', 'D.')
  expect(contact()).toMatchObject({ name: 'Dörte Müller', namedBy: 'colleague', namedById: cem.id })
  expect(line(clash)).toEqual({
    kind: 'contact-renamed',
    from: 'Frau Müller',
    to: 'Dörte Müller',
    by: 'Anna',
  })
  expect(line(rename(anna, 'Frau Dr. Müller', 'Dörte Müller'))).toBeUndefined()
})

const priority = fc.constantFrom<Priority>('low', 'normal', 'high', 'urgent')

test('no value that a colleague had not seen goes without a line', () => {
  const word = fc.record({ isAnna: fc.boolean(), to: priority, base: priority })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 10 }), (words) => {
      const { row, line, set } = aDesk()
      for (const { isAnna, to, base } of words) {
        const { priority: from, prioritizedBy } = row()
        const me = isAnna ? anna : cem
        const isUnseen = from !== base && from !== to
        const isOthers = prioritizedBy !== undefined && prioritizedBy !== me.id
        const told = line(set(me, to, base))
        expect(row().priority).toBe(to)
        expect(told !== undefined).toBe(isUnseen && isOthers)
      }
    }),
  )
})

import { expect, test } from 'vitest'
import type { ConversationId } from '../domain/ids.ts'
import { aConversation, aLabel, anId, aUser, exampleNowMs } from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'

const anna = aUser()
const [technical, delivery] = [aLabel(), aLabel({ name: 'Lieferung' })]
const gone = aLabel({ name: 'Messe', deletedAtMs: exampleNowMs })

function aDesk() {
  const conversation = aConversation({ labels: [delivery.id, gone.id] })
  const state = stateOf(
    { entity: 'conversation', row: conversation },
    ...[technical, delivery, gone].map((row) => ({ entity: 'label' as const, row })),
  )
  const { id: conversationId } = conversation
  return {
    add: (labelId = technical.id) => state.does(anna, 'label.add', { conversationId, labelId }),
    remove: (labelId = technical.id) =>
      state.does(anna, 'label.remove', { conversationId, labelId }),
    row: () => state.get('conversation', conversationId),
    state,
  }
}

test('a label joins the others once, and goes without them', () => {
  const desk = aDesk()
  desk.add()
  expect(desk.row()?.labels).toEqual([delivery.id, gone.id, technical.id])
  const row = desk.row()
  expect(desk.add()).toEqual({ ok: true, changes: [] })
  expect(desk.row()).toBe(row)
  desk.remove(delivery.id)
  expect(desk.row()?.labels).toEqual([gone.id, technical.id])
  expect(desk.remove(delivery.id)).toEqual({ ok: true, changes: [] })
})

test('a label that was deleted or never was cannot be put on, and can be taken off', () => {
  const desk = aDesk()
  expect(desk.add(gone.id)).toMatchObject({ ok: false, code: 'label-gone' })
  expect(desk.add(anId())).toMatchObject({ ok: false, code: 'label-gone' })
  expect(desk.remove(gone.id).ok).toBe(true)
  expect(desk.row()?.labels).toEqual([delivery.id])
})

test('a conversation that is not there has no labels', () => {
  const { state } = aDesk()
  const args = { conversationId: anId<ConversationId>(), labelId: technical.id }
  for (const name of ['label.add', 'label.remove'] as const) {
    expect(state.does(anna, name, args)).toMatchObject({ ok: false, code: 'not-found' })
  }
})

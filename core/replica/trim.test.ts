import { expect, test } from 'vitest'
import type { ConversationId } from '../domain/ids.ts'
import { windowMessages } from '../domain/window.ts'
import { aConversation, aMessage, exampleNowMs } from '../testing/examples.ts'
import { Base } from './base.ts'
import { trimMessages } from './trim.ts'

/** So many messages, a second apart; the conversation was touched with the last. */
function fill(base: Base, count: number, endMs: number): ConversationId {
  const conversation = aConversation({ updatedAtMs: endMs })
  base.put({ entity: 'conversation', row: conversation }, 1)
  for (let ord = 1; ord <= count; ord += 1) {
    const sentAtMs = endMs - (count - ord) * 1000
    const row = aMessage({ conversationId: conversation.id, ord, sentAtMs })
    base.put({ entity: 'message', row }, 1)
  }
  return conversation.id
}

test('nothing is let go while there is room', () => {
  const base = new Base()
  fill(base, 100, exampleNowMs)
  expect(trimMessages(base, 100)).toEqual([])
  expect(base.count('message')).toBe(100)
})

test('beyond the limit the newest of each conversation stay, and where they begin is known', () => {
  const base = new Base()
  const old = fill(base, 80, exampleNowMs - 1_000_000)
  const recent = fill(base, 80, exampleNowMs)
  expect(trimMessages(base, 150)).toEqual([old])
  expect(base.messages(old)).toHaveLength(windowMessages)
  expect(base.heldFromMs(old)).toBe(base.messages(old)[0]?.sentAtMs)
  expect([base.messages(recent).length, base.heldFromMs(recent)]).toEqual([80, 0])
})

test('where that is not enough, conversations that rested longest keep only what comes from now on', () => {
  const base = new Base()
  const old = fill(base, 50, exampleNowMs - 1_000_000)
  const recent = fill(base, 50, exampleNowMs)
  expect(trimMessages(base, 60)).toEqual([old])
  expect(base.messages(old)).toEqual([])
  expect(base.heldFromMs(old)).toBe(exampleNowMs - 1_000_000 + 1000)
  expect(base.messages(recent)).toHaveLength(50)
})

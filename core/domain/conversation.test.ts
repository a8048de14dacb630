import { expect, test } from 'vitest'
import { aConversation, aMessage, aReply, after, exampleNowMs } from '../testing/examples.ts'
import { isWindowOpen, windowMs, withMessage } from './conversation.ts'

test('a message of the contact opens the reply window for 24 hours from when they wrote it', () => {
  const wroteAtMs = exampleNowMs - 3_600_000
  const conversation = after(
    aConversation(),
    aMessage({ sentAtMs: wroteAtMs, receivedAtMs: exampleNowMs }),
  )
  expect(conversation.windowExpiresAtMs).toBe(wroteAtMs + windowMs)
  expect(isWindowOpen(conversation, wroteAtMs + windowMs - 1)).toBe(true)
  expect(isWindowOpen(conversation, wroteAtMs + windowMs)).toBe(false)
})

test('the contact waits since the oldest message nobody answered', () => {
  const first = aMessage({ sentAtMs: 1_000 })
  const second = aMessage({ sentAtMs: 2_000 })
  const waiting = after(aConversation(), second, first)
  expect(waiting.waitingSinceMs).toBe(1_000)
  expect(after(waiting, aReply()).waitingSinceMs).toBeNull()
})

test('a message of the contact opens a resolved conversation again', () => {
  const resolved = aConversation({ status: 'resolved', resolvedAtMs: 5 })
  const now = after(resolved, aMessage({ receivedAtMs: 9 }))
  expect(now).toMatchObject({ status: 'open', resolvedAtMs: null, openedAtMs: 9 })
})

test('history changes neither unread, window nor status', () => {
  const before = aConversation({ status: 'resolved' })
  const now = after(before, aMessage({ isHistory: true }))
  expect(now).toMatchObject({
    status: 'resolved',
    inboundCount: 0,
    windowExpiresAtMs: null,
    waitingSinceMs: null,
  })
  expect(now.lastMessage?.text).toBe('Guten Tag, wo bleibt mein Paket?')
})

test('older history does not replace the newest message in the list', () => {
  const now = after(
    aConversation(),
    aMessage({ text: 'neu' }),
    aMessage({ text: 'alt', sentAtMs: 1, isHistory: true }),
  )
  expect(now.lastMessage?.text).toBe('neu')
})

test('a reaction counts as unread and as news, but is not what the list shows', () => {
  const wrote = after(aConversation(), aMessage({ text: 'Danke' }))
  const reacted = after(wrote, aMessage({ type: 'reaction', reaction: { emoji: '👍' } }))
  expect(reacted.inboundCount).toBe(2)
  expect(reacted.lastInbound).toEqual(wrote.lastInbound)
  expect(reacted.lastMessage?.text).toBe('Danke')
})

test('a note is shown in the list but answers nobody', () => {
  const waiting = after(aConversation(), aMessage())
  const noted = withMessage(
    waiting,
    aReply({ direction: 'note', type: 'note', status: 'saved', ord: 2 }),
  )
  expect(noted.waitingSinceMs).toBe(waiting.waitingSinceMs)
  expect(noted.lastReply).toBeNull()
})

test('an answer given on the phone ends the waiting for what it answered', () => {
  const asked = aMessage({ sentAtMs: 1_000 })
  const askedAgain = aMessage({ sentAtMs: 3_000 })
  const echo = aReply({ isHistory: true, status: 'sent', sentAtMs: 2_000 })
  expect(after(aConversation(), asked, echo).waitingSinceMs).toBeNull()
  expect(after(aConversation(), asked, askedAgain, echo).waitingSinceMs).toBe(3_000)
  expect(after(aConversation(), asked, aReply({ ...echo, sentAtMs: 500 })).waitingSinceMs).toBe(
    1_000,
  )
})

import { expect, test } from 'vitest'
import { aConversation, aMessage, aReply, after, exampleNowMs } from '../testing/examples.ts'
import {
  isWindowOpen,
  windowMs,
  withFreeEntry,
  withMessage,
  withoutAnswer,
} from './conversation.ts'

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

const hourMs = 3_600_000
const ad = { source_type: 'ad', source_url: 'https://fb.me/1', ctwa_clid: 'x' }
const entered = (sentAtMs: number) => aMessage({ sentAtMs, referral: ad })

test('the first answer within a day to somebody who came from an ad makes 72 hours free', () => {
  const came = after(aConversation(), entered(exampleNowMs))
  expect(came).toMatchObject({ adEntryAtMs: exampleNowMs })
  expect(came.freeUntilMs).toBeUndefined()
  const answeredAtMs = exampleNowMs + 23 * hourMs
  const free = after(came, aReply({ sentAtMs: answeredAtMs }))
  expect(free.freeUntilMs).toBe(answeredAtMs + 72 * hourMs)
  expect(after(free, aReply({ sentAtMs: answeredAtMs + hourMs })).freeUntilMs).toBe(
    free.freeUntilMs,
  )
})

test('free does not mean that free text may still be sent', () => {
  const free = after(
    aConversation(),
    entered(exampleNowMs),
    aReply({ sentAtMs: exampleNowMs + hourMs }),
  )
  const later = exampleNowMs + 30 * hourMs
  expect(free.freeUntilMs).toBeGreaterThan(later)
  expect(isWindowOpen(free, later)).toBe(false)
})

test('an answer that is late, from the phone app or before a second entry frees nothing more', () => {
  const came = after(aConversation(), entered(exampleNowMs))
  const late = after(came, aReply({ sentAtMs: exampleNowMs + 25 * hourMs }))
  expect(late.freeUntilMs).toBeUndefined()
  const echo = aReply({ sentAtMs: exampleNowMs + hourMs, isHistory: true })
  expect(after(came, echo).freeUntilMs).toBeUndefined()
  const product = aMessage({ referral: { referred_product: { catalog_id: '1' } } })
  expect(after(aConversation(), product).adEntryAtMs).toBeUndefined()
})

test('a second ad starts anew with the next answer, and one that never left starts nothing', () => {
  const first = aReply({ sentAtMs: exampleNowMs + hourMs })
  const free = after(aConversation(), entered(exampleNowMs), first)
  const againAtMs = exampleNowMs + 48 * hourMs
  const again = after(free, entered(againAtMs))
  expect(again.freeUntilMs).toBe(free.freeUntilMs)
  const second = aReply({ sentAtMs: againAtMs + hourMs })
  expect(after(again, second).freeUntilMs).toBe(againAtMs + 73 * hourMs)
  expect(withoutAnswer(free, first).freeUntilMs).toBeUndefined()
  expect(withoutAnswer(free, second)).toBe(free)
})

test('what WhatsApp says of the free time counts', () => {
  const reply = aReply({ sentAtMs: exampleNowMs + hourMs })
  const free = after(aConversation(), entered(exampleNowMs), reply)
  expect(withFreeEntry(free, reply, undefined)).toBe(free)
  expect(withFreeEntry(free, reply, 42).freeUntilMs).toBe(42)
})

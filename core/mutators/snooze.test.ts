import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withMessage, type Conversation } from '../domain/conversation.ts'
import type { MessageId } from '../domain/ids.ts'
import { returned, type SnoozeUntil } from '../domain/snooze.ts'
import { must } from '../lib/must.ts'
import { aConversation, aMessage, after, anId, aUser, exampleNowMs } from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'

const [anna, cem] = [aUser(), aUser()]
const hourMs = 3_600_000
const at = (atMs: number): SnoozeUntil => ({ kind: 'time', atMs })
const tomorrow = at(exampleNowMs + 24 * hourMs)

function aThread(given: Partial<Conversation> = {}) {
  const start = aConversation(given)
  const question = aMessage({ conversationId: start.id, ord: start.lastOrd + 1 })
  const row = { ...after(start, question), ...given }
  const state = stateOf({ entity: 'conversation', row }, { entity: 'message', row: question })
  const { id } = start
  const now = () => must(state.get('conversation', id), 'conversation')
  const snooze = (until: SnoozeUntil, more: object = {}, nowMs = exampleNowMs) => {
    const args = { conversationId: id, until, basedOn: question.id, activityId: anId<MessageId>() }
    return state.does(anna, 'conversation.snooze', { ...args, ...more }, nowMs)
  }
  return { state, id, question, now, snooze }
}

test('a snoozed conversation is aside until its time, and its thread says until when', () => {
  const { now, snooze, state } = aThread()
  const activityId = anId<MessageId>()
  expect(snooze(tomorrow, { activityId }).ok).toBe(true)
  expect(now()).toMatchObject({ status: 'snoozed', snoozedUntilMs: exampleNowMs + 24 * hourMs })
  expect(state.get('message', activityId)?.activity).toEqual({
    kind: 'conversation-snoozed',
    untilMs: exampleNowMs + 24 * hourMs,
  })
})

test('it comes back an hour before its reply window closes, or only when the contact writes', () => {
  const { now, snooze } = aThread()
  snooze({ kind: 'window' })
  expect(now().snoozedUntilMs).toBe(must(now().windowExpiresAtMs, 'window') - hourMs)
  snooze({ kind: 'reply' })
  expect(now()).toMatchObject({ status: 'snoozed', snoozedUntilMs: null })
})

test('a time that is over, or that there is not, snoozes nothing', () => {
  const { now, snooze } = aThread()
  expect(snooze(at(exampleNowMs))).toMatchObject({ code: 'time-passed' })
  expect(snooze({ kind: 'window' }, {}, exampleNowMs + 24 * hourMs)).toMatchObject({
    code: 'time-passed',
  })
  expect(snooze(at(exampleNowMs + 366 * 24 * hourMs))).toMatchObject({ code: 'bad-request' })
  expect(now().status).toBe('open')
  const unheard = aThread({ windowExpiresAtMs: null })
  expect(unheard.snooze({ kind: 'window' })).toMatchObject({ code: 'bad-request' })
  const done = aThread({ status: 'resolved' })
  expect(done.snooze(tomorrow)).toMatchObject({ code: 'conflict' })
})

test('of two who snooze, the later has it; the same twice is one', () => {
  const { state, id, now, snooze, question } = aThread()
  snooze(tomorrow)
  const later = at(exampleNowMs + 48 * hourMs)
  const args = {
    conversationId: id,
    until: later,
    basedOn: question.id,
    activityId: anId<MessageId>(),
  }
  expect(state.does(cem, 'conversation.snooze', args).ok).toBe(true)
  expect(now().snoozedUntilMs).toBe(later.kind === 'time' && later.atMs)
  const { lastOrd } = now()
  snooze(later)
  expect(now().lastOrd).toBe(lastOrd)
})

test('a message nobody had seen is not put aside', () => {
  const { now, snooze } = aThread()
  expect(snooze(tomorrow, { basedOn: null })).toMatchObject({ code: 'new-activity' })
  expect(now().status).toBe('open')
})

test('being snoozed is a pause of the same opening, and ends at the top of the list', () => {
  const { now, snooze, id, state } = aThread()
  const { openedAtMs } = now()
  snooze(tomorrow)
  const back = returned(now(), anId<MessageId>(), exampleNowMs + 24 * hourMs)
  expect(back.conversation).toMatchObject({
    status: 'open',
    snoozedUntilMs: null,
    openedAtMs,
    returnedAtMs: exampleNowMs + 24 * hourMs,
    lastOrd: back.line.ord,
  })
  const args = { conversationId: id, activityId: anId<MessageId>() }
  state.does(cem, 'conversation.reopen', args, exampleNowMs + 1)
  expect(now()).toMatchObject({ status: 'open', openedAtMs })
})

test('whatever else happens in whatever order, a conversation whose contact wrote unseen ends open', () => {
  const deed = fc.constantFrom('snooze', 'for-reply', 'reopen', 'return', 'note')
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 8 }), fc.nat(8), (deeds, place) => {
      const { state, id, now, snooze, question } = aThread()
      const does = (kind: (typeof deeds)[number]) => {
        if (kind === 'snooze') snooze(tomorrow)
        if (kind === 'for-reply') snooze({ kind: 'reply' })
        const args = { conversationId: id, activityId: anId<MessageId>() }
        if (kind === 'reopen') state.does(cem, 'conversation.reopen', args)
        if (kind === 'note') {
          const note = { conversationId: id, id: anId<MessageId>(), text: 'Rückruf' }
          state.does(cem, 'note.add', note)
        }
        if (kind === 'return' && now().status === 'snoozed') {
          const { conversation, line } = returned(now(), anId<MessageId>(), exampleNowMs)
          state.puts(
            { entity: 'conversation', row: conversation },
            { entity: 'message', row: line },
          )
        }
      }
      deeds.slice(0, place).forEach(does)
      const { numberId } = question
      const ord = now().lastOrd + 1
      const news = aMessage({ conversationId: id, numberId, ord, sentAtMs: exampleNowMs + 1 })
      state.puts(
        { entity: 'conversation', row: withMessage(now(), news) },
        { entity: 'message', row: news },
      )
      deeds.slice(place).forEach(does)
      expect(now()).toMatchObject({ status: 'open', snoozedUntilMs: null })
    }),
  )
})

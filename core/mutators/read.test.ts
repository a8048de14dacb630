import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMarkId, unreadOf } from '../domain/people.ts'
import { must } from '../lib/must.ts'
import { aConversation, aMessage, after, aUser } from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'

const anna = aUser()

function aThread(messages = 2) {
  const start = aConversation()
  const asked = Array.from({ length: messages }, (_, at) => aMessage({ ord: at + 1 }))
  const state = stateOf({ entity: 'conversation', row: after(start, ...asked) })
  const { id: conversationId } = start
  const mark = () => state.get('read', readMarkId(anna.id, conversationId))
  const unread = () => unreadOf(messages, mark())
  return {
    unread,
    mark,
    read: (version: number, inbound = messages) =>
      state.does(anna, 'conversation.read', { conversationId, inbound, version }),
    markUnread: (version: number) =>
      state.does(anna, 'conversation.mark-unread', { conversationId, version }),
  }
}

test('what is marked unread is unread whatever was read of it, until it is opened again', () => {
  const { unread, read, markUnread } = aThread()
  expect(unread()).toBe(2)
  read(0)
  expect(unread()).toBe(0)
  markUnread(1)
  expect(unread()).toBe(1)
  // A screen that had it open all the while knows of no mark.
  read(0)
  expect(unread()).toBe(1)
  read(1)
  expect(unread()).toBe(0)
})

test('one whose contact never wrote can be marked, and what was not read stays counted', () => {
  const silent = aThread(0)
  silent.markUnread(1)
  expect(silent.unread()).toBe(1)
  const { unread, markUnread, read } = aThread()
  markUnread(1)
  expect(unread()).toBe(2)
  read(0)
  expect(unread()).toBe(1)
})

test('an older mark that comes late changes nothing', () => {
  const { unread, read, markUnread } = aThread()
  markUnread(1)
  read(1)
  markUnread(1)
  expect(unread()).toBe(0)
})

type Step = 'read' | 'unread'
const steps = fc.array(fc.constantFrom<Step>('read', 'unread'), { maxLength: 6 })

test('two consoles of one person end the same, in whatever order their deeds arrive', () => {
  fc.assert(
    fc.property(steps, steps, fc.array(fc.boolean(), { minLength: 24 }), (one, two, order) => {
      const deeds = [deedsOf(one), deedsOf(two)]
      const ends = [order, order.map((first) => !first), order.toReversed()].map((choices) => {
        const thread = aThread()
        const left = deeds.map((list) => [...list])
        for (const isFirst of choices) {
          const next = (left[isFirst ? 0 : 1]?.length ?? 0) > 0 ? left[isFirst ? 0 : 1] : undefined
          next?.shift()?.(thread)
        }
        for (const list of left) for (const deed of list) deed(thread)
        const { inbound, version, isUnread } = thread.mark() ?? {}
        return { inbound, version, isUnread }
      })
      expect(ends[1]).toEqual(ends[0])
      expect(ends[2]).toEqual(ends[0])
    }),
  )
})

/** What a console pushes that hears of nobody else: each deed on top of what it knows by then. */
function deedsOf(list: readonly Step[]) {
  let version = 0
  return list.map((step) => {
    if (step === 'unread') version += 1
    const known = version
    return (thread: ReturnType<typeof aThread>) =>
      must(step === 'unread' ? thread.markUnread(known) : thread.read(known), 'outcome')
  })
}

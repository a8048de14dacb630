import { expect, test } from 'vitest'
import { createApi } from '../../core/contract/client.ts'
import type { ThreadPage } from '../../core/contract/views.ts'
import type { Message } from '../../core/domain/message.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aThreadPage } from '../testing/every-kind.ts'
import { firstPage, mostMounted, Thread } from './thread.svelte.ts'

const texts = (thread: Thread) => thread.messages.map((message) => message.text)

/** A host that keeps a conversation and answers as the real one does: the newest, or those before one. */
function hostWith(page: ThreadPage) {
  const wire = loopback({
    'thread.page': ({ limit, before }) => {
      const end = before && page.messages.findIndex((message) => message.id === before)
      const upTo = page.messages.slice(0, end)
      return { ...page, messages: upTo.slice(-limit), hasOlder: upTo.length > limit }
    },
    'conversation.read': () => null,
  })
  const thread = new Thread(createApi(wire.wire), page.conversation.id)
  return { ...wire, thread }
}

function numbered(count: number): Partial<Message>[] {
  return Array.from({ length: count }, (_, index) => ({ direction: 'in', text: String(index + 1) }))
}

test('a slow answer cannot replace a newer one', async () => {
  const page = aThreadPage([{ direction: 'in', text: 'alt' }])
  const newer = { ...page, messages: [{ ...page.messages[0]!, text: 'neu' }] }
  const replies: ((page: ThreadPage) => void)[] = []
  const { wire, signal } = loopback({
    'thread.page': () => new Promise((reply) => replies.push(reply)),
  })
  const thread = new Thread(createApi(wire), page.conversation.id)

  thread.open()
  signal('thread.changed', { conversationId: page.conversation.id })
  await expect.poll(() => replies.length).toBe(2)
  replies[1]!(newer)
  replies[0]!(page)

  await expect.poll(() => thread.phase).toBe('ready')
  expect(texts(thread)).toEqual(['neu'])
})

test('going back mounts more up to the most, then lets the newest go, and forth brings them back', async () => {
  const { thread } = hostWith(aThreadPage(numbered(500)))
  thread.open()
  await expect.poll(() => thread.messages.length).toBe(firstPage)

  for (let step = 0; step < 5; step += 1) await thread.older()
  expect(thread.messages.length).toBe(mostMounted)
  expect(texts(thread).at(-1)).toBe('500')

  await thread.older()
  expect(thread.messages.length).toBe(mostMounted)
  expect(texts(thread).at(-1)).toBe('460')
  expect(thread.hasNewer).toBe(true)

  await thread.newer()
  expect(texts(thread).at(-1)).toBe('500')
  await thread.older()
  await thread.newest()
  expect(thread.messages.length).toBe(firstPage)
  expect(thread.hasNewer).toBe(false)
})

test('a reply is based on what was seen of what the server knows, and what is below counts as unseen', async () => {
  const page = aThreadPage(numbered(3))
  const [first, second, third] = page.messages.map((message) => message.id)
  const { thread } = hostWith({ ...page, local: [third!] })
  thread.open()
  await expect.poll(() => thread.messages.length).toBe(3)
  expect(thread.basedOn).toBeNull()

  thread.saw(first!)
  expect(thread.basedOn).toBe(first)
  expect(thread.unseen).toBe(1)
  thread.saw(third!)
  expect(thread.basedOn).toBe(second)
  thread.saw(first!)
  expect(thread.basedOn).toBe(second)
})

test('the unread line stands before the oldest unread message and stays there', async () => {
  const page = { ...aThreadPage(numbered(5)), unread: 2, unreadMessages: 2 }
  const { thread, signal } = hostWith(page)
  thread.open()
  await expect.poll(() => thread.firstUnreadId).toBe(page.messages[3]!.id)

  page.unread = 0
  page.unreadMessages = 0
  signal('thread.changed', { conversationId: page.conversation.id })
  await expect.poll(() => thread.page?.unread).toBe(0)
  expect(thread.firstUnreadId).toBe(page.messages[3]!.id)
})

test('reading is told once for what there is to read', async () => {
  const { thread, calls } = hostWith({ ...aThreadPage(numbered(2)), unread: 1, unreadMessages: 1 })
  thread.open()
  await expect.poll(() => thread.phase).toBe('ready')
  await thread.read()
  await thread.read()

  expect(calls.filter(([name]) => name === 'conversation.read')).toEqual([
    ['conversation.read', { conversationId: thread.id, inbound: 2, version: 0 }],
  ])
})

test('what is marked unread while it is open is read by nobody who only stays, and by who opens it again', async () => {
  const page = { ...aThreadPage(numbered(2)) }
  const { thread, signal, calls } = hostWith(page)
  const close = thread.open()
  await expect.poll(() => thread.phase).toBe('ready')
  Object.assign(page, { readVersion: 1, unread: 1 })
  signal('thread.changed', { conversationId: page.conversation.id })
  await expect.poll(() => thread.page?.unread).toBe(1)
  await thread.read()
  close()

  const again = hostWith(page)
  again.thread.open()
  await expect.poll(() => again.thread.phase).toBe('ready')
  await again.thread.read()
  const versions = [...calls, ...again.calls].flatMap(([name, given]) =>
    name === 'conversation.read' ? [(given as { version: number }).version] : [],
  )
  expect(versions).toEqual([0, 1])
})

test('a message far back is found, one that is nowhere is not', async () => {
  const page = aThreadPage(numbered(300))
  const { thread } = hostWith(page)
  thread.open()
  await expect.poll(() => thread.messages.length).toBe(firstPage)

  expect(await thread.find(page.messages[0]!.id)).toBe(true)
  expect(await thread.find(aThreadPage(numbered(1)).messages[0]!.id)).toBe(false)
})

import { expect, test } from 'vitest'
import { createApi } from '../../core/contract/client.ts'
import type { InboxPage, InboxRow } from '../../core/contract/views.ts'
import { aContact, aConversation } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { InboxList } from './list.svelte.ts'

const rows = Array.from({ length: 4 }, (): InboxRow => {
  const contact = aContact()
  const conversation = aConversation({ contactId: contact.id })
  return { conversation, contact, unread: 0, draft: null }
})
const [a, b, c, d] = rows.map((row) => row.conversation.id)
const pageOf = (...ids: unknown[]): InboxPage => {
  const page = ids.map((id) => rows.find((row) => row.conversation.id === id)!)
  return { rows: page, total: page.length }
}
const shown = (list: InboxList) => list.rows.map((row) => row.conversation.id)

test('a slow answer cannot replace a newer one', async () => {
  const replies: ((page: InboxPage) => void)[] = []
  const { wire, signal } = loopback({
    'inbox.page': () => new Promise((reply) => replies.push(reply)),
  })
  const list = new InboxList(createApi(wire), { kind: 'mine' })
  const close = list.open()
  signal('inbox.changed', {})
  await expect.poll(() => replies.length).toBe(2)

  replies[1]!(pageOf(a, b))
  replies[0]!(pageOf(c))

  await expect.poll(() => list.phase).toBe('ready')
  expect(shown(list)).toEqual([a, b])
  close()
})

test('rows hold still while the list is frozen, and fall into place afterwards', async () => {
  let page = pageOf(a, b, c)
  const { wire, signal, calls } = loopback({ 'inbox.page': () => page })
  const list = new InboxList(createApi(wire), { kind: 'mine' })
  const close = list.open()
  await expect.poll(() => list.phase).toBe('ready')

  list.freeze()
  page = pageOf(d, c, a, b)
  signal('inbox.changed', {})
  await expect.poll(() => list.above).toBe(2)
  expect(shown(list)).toEqual([a, b, c])

  list.thaw()
  expect(shown(list)).toEqual([d, c, a, b])
  expect(list.above).toBe(0)
  expect(calls.length).toBe(2)
  close()
})

test('what cannot be had is said, and what was known stays', async () => {
  let isBroken = false
  const { wire, signal } = loopback({
    'inbox.page': () => {
      if (isBroken) throw new Error('bug: for this test')
      return pageOf(a)
    },
  })
  const list = new InboxList(createApi(wire), { kind: 'open' })
  const close = list.open()
  await expect.poll(() => list.phase).toBe('ready')

  isBroken = true
  signal('inbox.changed', {})
  await expect.poll(() => list.phase).toBe('failed')
  expect(shown(list)).toEqual([a])
  expect(list.answeredAtMs).not.toBeNull()
  close()
})

test('an answer that comes after the view was left changes nothing', async () => {
  let reply: (page: InboxPage) => void = () => undefined
  const { wire } = loopback({
    'inbox.page': () => new Promise((resolve) => (reply = resolve)),
    'inbox.views': () => [],
  })
  const api = createApi(wire)
  const list = new InboxList(api, { kind: 'open' })
  const close = list.open()
  await api.call('inbox.views', {})
  close()
  reply(pageOf(a))
  await api.call('inbox.views', {})
  expect(list.rows).toEqual([])
})

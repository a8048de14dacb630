import { fireEvent, screen, within } from '@testing-library/svelte'
import { createRawSnippet } from 'svelte'
import { beforeEach, expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { InboxRow } from '../../core/contract/views.ts'
import { AppError } from '../../core/lib/errors.ts'
import { after, aMessage, anId, aUser } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { followRoute, goTo, route } from '../bridge/route.svelte.ts'
import { aDesk, anna, aRow } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import { dismissToast, toasts } from '../ui/toasts.svelte.ts'
import Inbox from './Inbox.svelte'

const petra = aRow('Petra Becker', 'Wann kommt mein Paket?', { unread: 2 })
const mehmet = aRow('Mehmet Öztürk')
const rows = [petra, mehmet]
const conversation = createRawSnippet((id: () => string) => ({
  render: () => `<p>offen: ${id()}</p>`,
}))

beforeEach(() => {
  for (const toast of toasts()) dismissToast(toast.id)
  goTo({ view: { kind: 'mine' }, conversationId: null })
})

function showInbox(shown: InboxRow[], more: Partial<Handlers> = {}) {
  const host = loopback({ ...aDesk(shown), ...more })
  return { ...host, ...show(Inbox, { conversation }, host.wire) }
}
async function options(count = rows.length) {
  await expect.poll(() => screen.queryAllByRole('option').length).toBe(count)
  return screen.getAllByRole('option')
}
const press = async (key: string) => fireEvent.keyDown(document.activeElement!, { key })

test('each conversation is an option that says all of it', async () => {
  showInbox(rows)
  const [first] = await options()
  expect(first?.getAttribute('aria-label')).toMatch(
    /^Ungelesen, 2 neue\. Petra Becker\. .*Wann kommt mein Paket\?/,
  )
  expect(first?.getAttribute('aria-setsize')).toBe('2')
  expect(screen.getByRole('heading', { level: 1, name: 'Mein Eingang' })).toBeTruthy()
})

test('a click opens a conversation, and the address says so', async () => {
  showInbox(rows)
  await fireEvent.click((await options())[1]!)
  expect(await screen.findByText(`offen: ${mehmet.conversation.id}`)).toBeTruthy()
  expect(route().conversationId).toBe(mehmet.conversation.id)
  expect((await options())[1]?.getAttribute('aria-current')).toBe('true')
})

test('one row is in the tab order; arrows, J and K, Home and End move it', async () => {
  showInbox(rows)
  const [first, second] = await options()
  expect([first?.tabIndex, second?.tabIndex]).toEqual([0, -1])
  first?.focus()
  for (const [key, row] of [
    ['ArrowDown', second],
    ['k', first],
    ['End', second],
    ['Home', first],
    ['j', second],
  ] as const) {
    await press(key)
    await expect.poll(() => document.activeElement).toBe(row)
  }
})

test('E resolves on the strength of what the row showed, and can be undone', async () => {
  const { calls } = showInbox(rows, {
    'conversation.resolve': () => null,
    'conversation.reopen': () => null,
  })
  ;(await options())[0]?.focus()
  await press('e')
  await expect.poll(() => toasts().at(-1)?.text).toBe('Petra Becker: erledigt')
  const { id: conversationId, lastInbound } = petra.conversation
  expect(calls).toContainEqual([
    'conversation.resolve',
    { conversationId, basedOn: lastInbound?.messageId },
  ])
  toasts().at(-1)?.action?.run()
  await expect.poll(() => calls).toContainEqual(['conversation.reopen', { conversationId }])
})

test('a reaction after the last message is nothing one has to have seen to resolve', async () => {
  const said = petra.conversation
  const reaction = aMessage({ type: 'reaction' })
  const reacted = { ...petra, conversation: after(said, reaction) }
  const { calls } = showInbox([reacted], { 'conversation.resolve': () => null })
  ;(await options(1))[0]?.focus()
  await press('e')
  const given = { conversationId: said.id, basedOn: said.lastInbound?.messageId }
  await expect.poll(() => calls).toContainEqual(['conversation.resolve', given])
})

test('when the row that has the focus goes, its neighbour takes it', async () => {
  let shown = rows
  const { signal } = showInbox(rows, {
    'inbox.page': () => ({ rows: shown, total: shown.length }),
  })
  ;(await options())[0]?.focus()
  shown = [mehmet]
  signal('inbox.changed', {})
  await expect
    .poll(() => document.activeElement?.getAttribute('data-conversation'))
    .toBe(mehmet.conversation.id)
})

test('M assigns to me on top of the version the row showed', async () => {
  const nobodys = { ...mehmet, conversation: { ...mehmet.conversation, assigneeId: null } }
  const { calls } = showInbox([nobodys], { 'conversation.assign': () => null })
  ;(await options(1))[0]?.focus()
  await press('m')
  const { id: conversationId } = mehmet.conversation
  await expect
    .poll(() => calls)
    .toContainEqual(['conversation.assign', { conversationId, toUserId: anna.id, baseVersion: 0 }])
})

test('what the host refuses at once is said in words', async () => {
  showInbox(rows, {
    'conversation.resolve': () => {
      throw new AppError('new-activity', 'the customer wrote')
    },
  })
  ;(await options())[0]?.focus()
  await press('e')
  await expect.poll(() => toasts().at(-1)?.text).toMatch(/neue Nachricht/)
})

test('an inbox with nothing in it leads to what nobody has', async () => {
  showInbox([], {
    'inbox.views': () => [{ view: { kind: 'unassigned' }, count: 14, unread: 0 }],
  })
  expect(await screen.findByText(/14 Unterhaltungen sind noch nicht zugewiesen/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Ansehen' }))
  expect(route().view).toEqual({ kind: 'unassigned' })
})

test('a list that cannot be had says so and tries again', async () => {
  let isBroken = true
  showInbox(rows, {
    'inbox.page': () => {
      if (isBroken) throw new AppError('unavailable', 'not now')
      return { rows, total: 2 }
    },
  })
  const retry = await screen.findByRole('button', { name: 'Erneut versuchen' })
  isBroken = false
  await fireEvent.click(retry)
  expect(await options()).toHaveLength(2)
})

test('the views column names every view and marks the current one', async () => {
  showInbox(rows, {
    'directory.all': () => ({
      users: [anna],
      teams: [{ id: anId(), name: 'Lieferung' }],
      numbers: [],
      labels: [],
    }),
  })
  const column = await screen.findByRole('navigation', { name: 'Ansichten' })
  const link = await within(column).findByRole('link', { name: 'Mein Eingang, 2 Unterhaltungen' })
  expect(link.getAttribute('aria-current')).toBe('page')
  expect(await within(column).findByRole('link', { name: /^Lieferung/ })).toBeTruthy()
})

test('Alt with an arrow goes to the next conversation from anywhere', async () => {
  showInbox(rows)
  const stop = followRoute()
  await options()
  goTo({ conversationId: petra.conversation.id })
  await fireEvent.keyDown(document.body, { key: 'ArrowDown', altKey: true })
  expect(route().conversationId).toBe(mehmet.conversation.id)
  await fireEvent.keyDown(document.body, { key: 'ArrowUp', altKey: true })
  expect(route().conversationId).toBe(petra.conversation.id)
  stop()
})

test('an assignment that came second says who was first, and can be done all the same', async () => {
  const ayse = aUser({ name: 'Ayşe Demir' })
  const muid = anId<string>() as never // a mutation id is an id
  const { calls } = showInbox(rows, {
    'directory.all': () => ({ users: [anna, ayse], teams: [], numbers: [], labels: [] }),
    'thread.page': () =>
      ({ contact: petra.contact, conversation: petra.conversation, messages: [] }) as never, // only the contact is read
    'outbox.refusals': () => [
      {
        muid,
        name: 'conversation.assign',
        code: 'conflict',
        details: { assigneeId: ayse.id },
        conversationId: petra.conversation.id,
        message: null,
        isOutOfSight: false,
        atMs: 0,
      },
    ],
    'outbox.retry': () => null,
  })
  await expect.poll(() => toasts().at(-1)?.text).toMatch(/^Petra Becker: .*Ayşe Demir zuständig/)
  toasts().at(-1)?.action?.run()
  await expect.poll(() => calls).toContainEqual(['outbox.retry', { muid }])
})

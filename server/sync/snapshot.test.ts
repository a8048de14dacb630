import { beforeEach, expect, test } from 'vitest'
import { entityNames, type Change } from '../../core/domain/entities.ts'
import type { ConversationId, TeamId, UserId } from '../../core/domain/ids.ts'
import { windowMessages } from '../../core/domain/window.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import { parsePage, type Page } from '../../core/replica/staging.ts'
import {
  aContact,
  aConversation,
  aMessage,
  anId,
  aUser,
  exampleNowMs,
} from '../../core/testing/examples.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { readBefore } from './earlier.ts'
import { readPage } from './snapshot.ts'

const { db } = await testDatabase()
await prepareLane(db, () => 'epoch-1')
const log = createLog(db, { nowMs: () => exampleNowMs })
const anna = anId<UserId>()
const scopes = ['team:all', `user:${anna}`, 'ws']
const dayMs = 86_400_000

beforeEach(async () => {
  for (const name of entityNames) await db.deleteFrom(name).execute()
})

function write(...changes: Change[]) {
  return log.write(async (tx) => changes.forEach((change) => tx.put(change)))
}

/** A conversation and so many messages, a second apart, the newest `agoMs` old. */
function aThread(count: number, agoMs: number, status: 'open' | 'resolved' = 'open') {
  const updatedAtMs = exampleNowMs - agoMs
  const conversation = aConversation({ status, updatedAtMs, lastOrd: count })
  const messages = Array.from({ length: count }, (_, index) =>
    aMessage({
      conversationId: conversation.id,
      numberId: conversation.numberId,
      ord: index + 1,
      sentAtMs: updatedAtMs - (count - 1 - index) * 1000,
    }),
  )
  const rows: Change[] = [
    { entity: 'conversation', row: conversation },
    ...messages.map((row): Change => ({ entity: 'message', row })),
  ]
  return { conversation, messages, rows }
}

async function allPages(given: readonly string[] = scopes): Promise<Page[]> {
  const pages: Page[] = []
  for (let from: string | null = null, isLast = false; !isLast;) {
    const page = parsePage(
      await readPage(db, { proto: protocolVersion, scopes: given, from, nowMs: exampleNowMs }),
    )
    pages.push(page)
    from = page.next
    isLast = from === null
  }
  return pages
}
const idsIn = (pages: Page[], entity: string) =>
  pages.flatMap(({ put }) =>
    put.flatMap(([name, , row]) => (name === entity ? [(row as { id: string }).id] : [])),
  )

test('every row somebody may see is on exactly one page, and none of anybody else', async () => {
  const contacts = Array.from({ length: 4_500 }, () => aContact())
  const other = anId<UserId>()
  const readBy = (userId: UserId) => ({
    id: anId<string>(),
    userId,
    conversationId: anId<ConversationId>(),
    inbound: 1,
  })
  const [mine, theirs] = [readBy(anna), readBy(other)]
  await write(
    { entity: 'user', row: aUser({ id: anna }) },
    ...contacts.map((row): Change => ({ entity: 'contact', row })),
    { entity: 'read', row: mine },
    { entity: 'read', row: theirs },
  )
  const pages = await allPages()
  expect(pages.length).toBeGreaterThan(2)
  expect(pages[0]?.head).toMatchObject({ epoch: 'epoch-1', scopes, rows: 4_502 })
  expect(idsIn(pages, 'contact').toSorted()).toEqual(contacts.map(({ id }) => id).toSorted())
  expect(idsIn(pages, 'read')).toEqual([mine.id])
})

test('with an open or a recent conversation come its newest messages, of an old one only what is new from now on', async () => {
  const open = aThread(80, 200 * dayMs)
  const recent = aThread(3, dayMs, 'resolved')
  const old = aThread(5, 91 * dayMs, 'resolved')
  await write(...open.rows, ...recent.rows, ...old.rows)
  const pages = await allPages()
  const windows = new Map(pages.flatMap((page) => page.windows))
  const newest = open.messages.slice(-windowMessages)
  expect(idsIn(pages, 'message').toSorted()).toEqual(
    [...newest, ...recent.messages].map(({ id }) => id).toSorted(),
  )
  expect(windows.get(open.conversation.id)).toBe(newest[0]?.sentAtMs)
  expect(windows.get(recent.conversation.id)).toBe(0)
  expect(windows.get(old.conversation.id)).toBe((old.messages.at(-1)?.sentAtMs ?? 0) + 1000)
})

test('messages of one second stay together', async () => {
  const thread = aThread(60, 0)
  const sentAtMs = exampleNowMs - 100_000
  await write(
    ...thread.rows.map((change): Change =>
      change.entity === 'message' && change.row.ord <= 20
        ? { entity: 'message', row: { ...change.row, sentAtMs } }
        : change,
    ),
  )
  const pages = await allPages()
  expect(idsIn(pages, 'message')).toHaveLength(60)
  expect(pages.flatMap(({ windows }) => windows)).toEqual([[thread.conversation.id, sentAtMs]])
})

test('what is no longer seen is on no later page, what is seen since then comes with the delta', async () => {
  await write(
    ...Array.from({ length: 2_100 }, (): Change => ({ entity: 'contact', row: aContact() })),
    {
      entity: 'read',
      row: { id: anId(), userId: anna, conversationId: anId(), inbound: 1 },
    },
  )
  const first = parsePage(
    await readPage(db, { proto: protocolVersion, scopes, from: null, nowMs: exampleNowMs }),
  )
  const rest = (now: string[]) =>
    readPage(db, { proto: protocolVersion, scopes: now, from: first.next, nowMs: exampleNowMs })
  const less = parsePage(await rest(['team:all', 'ws']))
  const more = parsePage(await rest([...scopes, 'team:new']))
  expect(idsIn([less], 'read')).toEqual([])
  expect(less.head.scopes).toEqual(['team:all', 'ws'])
  expect(more.head.scopes).toEqual(scopes)
})

test('of the conversations of other teams there is nothing, neither row nor message nor window', async () => {
  const [mine, theirs] = [aThread(3, 0), aThread(3, 0)]
  const [own, other] = [anId<TeamId>(), anId<TeamId>()]
  await write(
    { entity: 'conversation', row: { ...mine.conversation, teamId: own } },
    { entity: 'conversation', row: { ...theirs.conversation, teamId: other } },
    ...[...mine.messages, ...theirs.messages].map((row): Change => ({ entity: 'message', row })),
  )
  const pages = await allPages(['team:none', `team:${own}`, `user:${anna}`, 'ws'])
  expect(idsIn(pages, 'conversation')).toEqual([mine.conversation.id])
  expect(idsIn(pages, 'message').toSorted()).toEqual(mine.messages.map(({ id }) => id).toSorted())
  expect(pages.flatMap(({ windows }) => windows)).toEqual([[mine.conversation.id, 0]])
})

test('a place of another history, or one that nobody named, is refused', async () => {
  await write(
    ...Array.from({ length: 2_100 }, (): Change => ({ entity: 'contact', row: aContact() })),
  )
  const first = parsePage(
    await readPage(db, { proto: protocolVersion, scopes, from: null, nowMs: exampleNowMs }),
  )
  const ask = (from: string) =>
    readPage(db, { proto: protocolVersion, scopes, from, nowMs: exampleNowMs })
  await expect(ask('bm90aGluZw')).rejects.toMatchObject({ code: 'bad-request' })
  await db.updateTable('lane').set({ epoch: 'epoch-2' }).execute()
  await expect(ask(first.next ?? '')).rejects.toMatchObject({ code: 'conflict' })
  await db.updateTable('lane').set({ epoch: 'epoch-1' }).execute()
})

test('what lies before is answered in whole seconds, down to the beginning, to those who may see it', async () => {
  const { conversation, messages, rows } = aThread(30, 0)
  await write(...rows)
  const ask = (beforeMs: number, given = scopes) =>
    readBefore(db, { scopes: given, conversationId: conversation.id, beforeMs, limit: 20 })
  const newest = await ask(Number.MAX_SAFE_INTEGER)
  expect(newest.fromMs).toBe(messages[10]?.sentAtMs)
  expect(newest.messages.map(({ ord }) => ord).toSorted((a, b) => a - b)).toEqual(
    messages.slice(10).map(({ ord }) => ord),
  )
  const oldest = await ask(newest.fromMs)
  expect(oldest).toMatchObject({ fromMs: 0 })
  expect(oldest.messages).toHaveLength(10)
  expect(await ask(newest.fromMs, ['team:other'])).toEqual({ messages: [], fromMs: 0 })
})

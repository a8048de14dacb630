import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newConversation, withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId, NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { aContact, aMessage, aNumber } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import type { Log } from '../log/log.ts'
import { MediaFiles } from '../media/files.ts'
import { testApp } from '../testing/app.ts'
import { contacts } from './contacts.ts'
import { conversations } from './conversations.ts'
import { media } from './media.ts'
import { messages } from './messages.ts'
import { numbers } from './numbers.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const folder = await mkdtemp(join(tmpdir(), 'kontor-api-'))
const server = await testApp({
  register(app, { db, log }) {
    const parts = { db, log, newId, nowMs: () => clock.nowMs(), clock }
    void app.register(conversations, parts)
    void app.register(messages, { ...parts, files: new MediaFiles(folder) })
    void app.register(numbers, parts)
    void app.register(contacts, parts)
    void app.register(media, { ...parts, files: new MediaFiles(folder) })
  },
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})
const { ask, db, person } = server
const agent = await person('agent')
const { token } = agent
const number = aNumber({ id: newId<NumberId>() })
await log().write(async (tx) => tx.put({ entity: 'number', row: number }))

function log(): Log {
  return server.log
}

async function chat(name: string, inbound: Partial<Message>[] = [{}], given: object = {}) {
  const contact = aContact({ id: newId(), name, createdAtMs: clock.nowMs(), ...given })
  let row = newConversation(newId<ConversationId>(), number.id, contact.id, clock.nowMs())
  const ids: MessageId[] = []
  await log().write(async (tx) => {
    tx.put({ entity: 'contact', row: contact })
    for (const one of inbound) {
      const message = aMessage({
        id: newId(),
        conversationId: row.id,
        numberId: number.id,
        ord: row.lastOrd + 1,
        wamid: `wamid.${newId()}`,
        sentAtMs: tx.nowMs,
        receivedAtMs: tx.nowMs,
        ...one,
      })
      ids.push(message.id)
      tx.put({ entity: 'message', row: message })
      row = withMessage(row, message)
    }
    tx.put({ entity: 'conversation', row })
  })
  return { id: row.id, contact, ids, path: `/api/v1/conversations/${row.id}` }
}

test('a conversation is listed with its contact, its newest message and what is unread', async () => {
  const { id, contact } = await chat('Dörte', [{}, { text: 'Hallo?' }])
  const { body, status } = await ask('GET', `/api/v1/conversations/${id}`, { token })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id,
    numberId: number.id,
    contact: { id: contact.id, name: 'Dörte', phone: contact.phone, userId: contact.userId },
    status: 'open',
    assigneeId: null,
    unread: 2,
    lastMessage: { direction: 'in', text: 'Hallo?' },
    windowExpiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
  })
  expect((await ask('GET', `/api/v1/conversations/${newId()}`, { token })).status).toBe(404)
  expect((await ask('GET', '/api/v1/conversations/nonsense', { token })).status).toBe(404)
  expect((await ask('GET', `/api/v1/conversations/${id}`)).status).toBe(401)
})

test('the list is filtered, and its pages hold each conversation once', async () => {
  const made = await Promise.all(['100%ig', '100 Prozent', 'Zoë Äpfel'].map((name) => chat(name)))
  const ids = async (query: string) => {
    const { body } = await ask('GET', `/api/v1/conversations?${query}`, { token })
    return (body.items as { id: string }[]).map((item) => item.id)
  }
  expect(await ids(`q=${encodeURIComponent('100%')}`)).toEqual([made[0]!.id])
  expect(await ids(`q=${encodeURIComponent('zoë ä')}`)).toEqual([made[2]!.id])
  expect(await ids('status=resolved')).toEqual([])
  expect(await ids('window=closed')).toEqual([])
  expect(await ids(`assignee=${agent.user.id}`)).toEqual([])
  expect(await ids('assignee=none&team=none&window=open')).toEqual(
    expect.arrayContaining(made.map(({ id }) => id)),
  )
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const at: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await ask('GET', `/api/v1/conversations?limit=2${at}`, { token })
    seen.push(...(body.items as { id: string }[]).map((item) => item.id))
    cursor = body.nextCursor
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(await ids('limit=100'))
  expect((await ask('GET', '/api/v1/conversations?cursor=abc', { token })).status).toBe(400)
})

test('assigning, moving and resolving are one change, all of it or nothing', async () => {
  const { id, path } = await chat('Ole')
  const patched = await ask('PATCH', path, {
    token,
    body: { assigneeId: agent.user.id, status: 'resolved' },
  })
  expect(patched.body).toMatchObject({ assigneeId: agent.user.id, status: 'resolved' })
  const bad = await ask('PATCH', path, { token, body: { status: 'open', teamId: newId() } })
  expect(bad.body.error.code).toBe('not-found')
  expect((await ask('GET', path, { token })).body.status).toBe('resolved')
  expect((await ask('PATCH', path, { token, body: { labels: ['x'] } })).status).toBe(409)
  expect((await ask('PATCH', path, { token, body: {} })).status).toBe(400)
  const activities = await ask('GET', `/api/v1/conversations/${id}/messages`, { token })
  expect(activities.body.items.map((item: { direction: string }) => item.direction)).toEqual([
    'in',
    'system',
    'system',
  ])
  const readOnly = await server.key(['read-conversations'])
  const refused = await ask('PATCH', path, { token: readOnly, body: { status: 'open' } })
  expect(refused.body.error.code).toBe('forbidden')
})

test('a thread is read from its end, oldest first within a page', async () => {
  const { path, ids } = await chat('Pia', [{}, {}, {}, {}, {}])
  const pages: string[][] = []
  let { body } = await ask('GET', `${path}/messages?limit=2`, { token })
  for (;;) {
    pages.push(body.items.map((item: { id: string }) => item.id))
    if (body.nextCursor === null) break
    body = (await ask('GET', `${path}/messages?limit=2&cursor=${body.nextCursor}`, { token })).body
  }
  expect(pages).toEqual([ids.slice(3), ids.slice(1, 3), ids.slice(0, 1)])
  const older = await ask('GET', `${path}/messages?before=${ids[2]}`, { token })
  expect(older.body.items.map((item: { id: string }) => item.id)).toEqual(ids.slice(0, 2))
  const elsewhere = await chat('Quirin')
  expect((await ask('GET', `${elsewhere.path}/messages?before=${ids[2]}`, { token })).status).toBe(
    404,
  )
})

test('every kind of message is taken as documented', async () => {
  const { path, ids } = await chat('Rike')
  const send = (body: object) => ask('POST', `${path}/messages`, { token, body })
  const text = await send({ type: 'text', text: 'Moin', replyTo: ids[0], basedOn: ids[0] })
  expect(text.status).toBe(202)
  expect(text.body).toMatchObject({
    direction: 'out',
    type: 'text',
    text: 'Moin',
    status: 'queued',
    statusAt: { queued: expect.stringContaining('T') },
    author: { kind: 'agent', id: agent.user.id },
    replyTo: { messageId: ids[0] },
  })
  const where = { type: 'location', latitude: 53.5, longitude: 10, name: 'Lager' }
  expect((await send(where)).body.location).toEqual({
    latitude: 53.5,
    longitude: 10,
    name: 'Lager',
  })
  const reaction = { type: 'reaction', messageId: ids[0], emoji: '👍' }
  expect((await send(reaction)).status).toBe(202)
  const note = await send({ type: 'note', text: 'Kundin ist nett' })
  expect(note.body).toMatchObject({ direction: 'note', status: 'saved' })
  for (const wrong of [
    { type: 'text', text: '  ' },
    { type: 'text' },
    { type: 'contacts', contacts: [] },
    { type: 'text', text: 'x', sendAt: 'tomorrow' },
  ]) {
    expect((await send(wrong)).body.error?.code).toBe('bad-request')
  }
})

test('what a person must know first is refused with its own code', async () => {
  const { path, ids } = await chat('Sina')
  const other = await person('agent')
  const asOther = { token: other.token, body: { type: 'text', text: 'Ich war schneller' } }
  expect((await ask('POST', `${path}/messages`, asOther)).status).toBe(202)
  const body = { type: 'text', text: 'Moin', basedOn: ids[0] }
  const late = await ask('POST', `${path}/messages`, { token, body })
  expect([late.status, late.body.error.code]).toEqual([409, 'colleague-answered'])
  const knowing = await ask('POST', `${path}/messages`, {
    token,
    body: { type: 'text', text: 'x' },
  })
  expect(knowing.status).toBe(202)

  const dayAgo = clock.nowMs() - 25 * 3_600_000
  const closed = await chat('Tom', [{ sentAtMs: dayAgo, receivedAtMs: dayAgo }])
  const over = await ask('POST', `${closed.path}/messages`, {
    token,
    body: { type: 'text', text: 'x' },
  })
  expect([over.status, over.body.error.code]).toEqual([409, 'window-closed'])
  const key = await server.key(['read-conversations'])
  const noScope = await ask('POST', `${path}/messages`, { token: key, body })
  expect(noScope.body.error.code).toBe('forbidden')
})

test('the same key sends one message, even when the first answer was lost', async () => {
  const { path } = await chat('Uwe')
  const asked = {
    token,
    body: { type: 'text', text: 'einmal' },
    headers: { 'idempotency-key': 'order-1' },
  }
  const first = await ask('POST', `${path}/messages`, asked)
  await db.updateTable('idempotency').set({ status: null, response: null }).execute()
  await db
    .updateTable('idempotency')
    .set({ claimed_at: new Date(Date.now() - 3_600_000) })
    .execute()
  const second = await ask('POST', `${path}/messages`, asked)
  expect([first.status, second.status]).toEqual([202, 202])
  expect(second.body.id).toBe(first.body.id)
  const { body } = await ask('GET', `${path}/messages`, { token })
  expect(body.items).toHaveLength(2)
})

test('numbers and contacts are read', async () => {
  const { contact } = await chat('Vera', [{}], { phone: '+494012345678', username: 'vera.b' })
  const listed = await ask('GET', '/api/v1/numbers', { token })
  expect(listed.body).toMatchObject({
    items: [{ id: number.id, displayPhone: '+49 40 3006 8810', health: 'ok' }],
    nextCursor: null,
  })
  for (const query of ['q=vera', 'q=@vera.b', 'phone=%2B49%2040%2012345678']) {
    const { body } = await ask('GET', `/api/v1/contacts?${query}`, { token })
    expect(body.items).toMatchObject([{ id: contact.id, name: 'Vera' }])
  }
  const one = await ask('GET', `/api/v1/contacts/${contact.id}`, { token })
  expect(one.body).toMatchObject({ id: contact.id, username: 'vera.b' })
})

test('a conversation is snoozed until a time, or until its contact writes, and opened again', async () => {
  const { path } = await chat('Uwe')
  const patch = (body: object) => ask('PATCH', path, { token, body })
  const snoozedUntil = new Date(server.time.nowMs + 3_600_000).toISOString()
  expect((await patch({ snoozedUntil })).body).toMatchObject({ status: 'snoozed', snoozedUntil })
  const forReply = await patch({ status: 'snoozed', snoozedUntil: null })
  expect(forReply.body).toMatchObject({ status: 'snoozed', snoozedUntil: null })
  expect((await patch({ status: 'open' })).body).toMatchObject({ status: 'open' })
  const past = await patch({ snoozedUntil: new Date(server.time.nowMs - 1000).toISOString() })
  expect([past.status, past.body.error.code]).toEqual([409, 'time-passed'])
  for (const unfit of [
    { status: 'snoozed' },
    { snoozedUntil: null },
    { status: 'open', snoozedUntil },
    { status: 'resolved', snoozedUntil: null },
  ]) {
    expect((await patch(unfit)).body.error).toMatchObject({
      code: 'bad-request',
      details: { at: '/body/snoozedUntil' },
    })
  }
  const late = await chat('Vera', [{}, {}])
  const body = { snoozedUntil, basedOn: late.ids[0] }
  expect((await ask('PATCH', late.path, { token, body })).body.error.code).toBe('new-activity')
  const key = await server.key(['assign'])
  const refused = await ask('PATCH', path, { token: key, body: { snoozedUntil } })
  expect(refused.body.error.code).toBe('forbidden')
})

test('the priority is set by who may resolve, alone or with the rest', async () => {
  const { path } = await chat('Wim')
  const patched = await ask('PATCH', path, { token, body: { priority: 'urgent' } })
  expect([patched.status, patched.body.priority]).toEqual([200, 'urgent'])
  const both = { priority: 'low', status: 'resolved' }
  expect((await ask('PATCH', path, { token, body: both })).body).toMatchObject(both)
  expect((await ask('PATCH', path, { token, body: { priority: 'soon' } })).status).toBe(400)
  const key = await server.key(['assign'])
  const refused = await ask('PATCH', path, { token: key, body: { priority: 'high' } })
  expect(refused.body.error.code).toBe('forbidden')
})

import { tmpdir } from 'node:os'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { ContactId, ConversationId, NumberId, TeamId } from '../../core/domain/ids.ts'
import { aContact, aConversation, aMessage, aNumber } from '../../core/testing/examples.ts'
import { conversations } from '../api/conversations.ts'
import { media } from '../api/media.ts'
import { messages } from '../api/messages.ts'
import { newChats } from '../api/new-chats.ts'
import { typing } from '../api/typing.ts'
import { createTeam } from '../auth/teams.ts'
import { clock } from '../clock.ts'
import { MediaFiles } from '../media/files.ts'
import { testApp } from '../testing/app.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const files = new MediaFiles(tmpdir())
const server = await testApp({
  register(app, { db, log }) {
    const parts = { db, log, newId, nowMs: () => clock.nowMs(), clock, files }
    void app.register(conversations, parts)
    void app.register(messages, parts)
    void app.register(newChats, parts)
    void app.register(media, parts)
    void app.register(typing, { db, client: () => undefined })
  },
})
afterAll(() => server.close())
const { ask, db, log } = server
const team = await createTeam(log, newId<TeamId>(), 'Lieferung')
const other = await createTeam(log, newId<TeamId>(), 'Rechnung')
const number = aNumber({ id: newId<NumberId>() })
await log.write(async (tx) => tx.put({ entity: 'number', row: number }))
const administrator = await server.person('administrator')
const agent = await server.person('agent')
const { token } = agent
let chat: Conversation
let mediaId: string

const sees = (given: object) =>
  ask('PATCH', `/api/v1/users/${agent.user.id}`, { token: administrator.token, body: given })
const path = () => `/api/v1/conversations/${chat.id}`

beforeEach(async () => {
  mediaId = newId()
  const contact = aContact({ id: newId<ContactId>() })
  const row = aConversation({
    id: newId<ConversationId>(),
    contactId: contact.id,
    numberId: number.id,
    teamId: other.id,
  })
  const message = aMessage({
    id: newId(),
    conversationId: row.id,
    numberId: number.id,
    ord: 1,
    type: 'image',
    media: { id: mediaId as never, mime: 'image/png', state: 'ready' },
  })
  chat = withMessage(row, message)
  await log.write(async (tx) => {
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'message', row: message })
    tx.put({ entity: 'conversation', row: chat })
  })
  await db
    .insertInto('media')
    .values({
      id: mediaId,
      mime: 'image/png',
      state: 'ready',
      sha256: 'f'.repeat(64),
      created_at: new Date(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
})

test('over HTTP there is nothing of a conversation somebody may not see, whatever they ask for', async () => {
  await sees({ sees: 'teams', teamIds: [team.id] })
  const asked = await Promise.all([
    ask('GET', path(), { token }),
    ask('PATCH', path(), { token, body: { status: 'resolved' } }),
    ask('GET', `${path()}/messages`, { token }),
    ask('POST', `${path()}/messages`, { token, body: { type: 'note', text: 'Hallo' } }),
    ask('POST', `${path()}/typing`, { token, body: {} }),
    ask('GET', `/api/v1/media/${mediaId}`, { token }),
    ask('POST', '/api/v1/conversations', {
      token,
      body: { contactId: chat.contactId, numberId: number.id },
    }),
  ])
  expect(asked.map(({ status, body }) => [status, body.error.code])).toEqual(
    asked.map(() => [404, 'not-found']),
  )
  const list = await ask('GET', '/api/v1/conversations', { token })
  expect(list.body.items.map(({ id }: { id: string }) => id)).not.toContain(chat.id)
})

test('who may see it, a supervisor, an administrator and an API key with that scope, gets it', async () => {
  await sees({ sees: 'teams', teamIds: [other.id] })
  const { token: supervisor } = await server.person('supervisor')
  const key = await server.key(['read-conversations'])
  for (const bearer of [token, administrator.token, supervisor, key]) {
    expect((await ask('GET', path(), { token: bearer })).status).toBe(200)
    expect((await ask('GET', `${path()}/messages`, { token: bearer })).body.items).toHaveLength(1)
    const list = await ask('GET', '/api/v1/conversations', { token: bearer })
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(chat.id)
  }
})

test('one request may hand a conversation on and take it from the sight of who asks', async () => {
  await sees({ sees: 'teams', teamIds: [other.id] })
  const body = { teamId: team.id, assigneeId: administrator.user.id, status: 'resolved' }
  const handed = await ask('PATCH', path(), { token, body })
  expect([handed.status, handed.body]).toMatchObject([200, { ...body, id: chat.id }])
  expect((await ask('GET', path(), { token })).status).toBe(404)
})

test('who sees only what is assigned to them begins a conversation for themselves', async () => {
  await sees({ sees: 'assigned', teamIds: [] })
  const contact = aContact({ id: newId<ContactId>() })
  await log.write(async (tx) => tx.put({ entity: 'contact', row: contact }))
  const body = { contactId: contact.id, numberId: number.id }
  const begun = await ask('POST', '/api/v1/conversations', { token, body })
  expect([begun.status, begun.body.assigneeId]).toEqual([201, agent.user.id])
})

test('what an agent sees can be set when they are added, read, and only be one of three things', async () => {
  const { token: admin } = administrator
  const body = { name: 'Ayşe', email: 'ayse@nordwerk.example', role: 'agent', sees: 'assigned' }
  const added = await ask('POST', '/api/v1/users', { token: admin, body })
  expect([added.status, added.body.sees]).toEqual([201, 'assigned'])
  const read = await ask('GET', `/api/v1/users/${added.body.id}`, { token: admin })
  expect(read.body.sees).toBe('assigned')
  expect((await sees({ sees: 'everything' })).status).toBe(400)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { newConversation } from '../../core/domain/conversation.ts'
import type { ContactId, ConversationId, NumberId } from '../../core/domain/ids.ts'
import type { Label } from '../../core/domain/label.ts'
import { aContact, aNumber } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import { testApp } from '../testing/app.ts'
import { conversations } from './conversations.ts'
import { labels } from './labels.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const server = await testApp({
  register(app, { db, log }) {
    const parts = { db, log, newId, nowMs: () => clock.nowMs() }
    void app.register(labels, parts)
    void app.register(conversations, parts)
  },
})
afterAll(() => server.close())
const { ask, person } = server
const { token } = await person('supervisor')
const agent = await person('agent')
const number = aNumber({ id: newId<NumberId>() })
beforeAll(() => server.log.write(async (tx) => tx.put({ entity: 'number', row: number })))

async function chat(given: object = {}) {
  const contact = aContact({ id: newId<ContactId>() })
  const row = newConversation(newId<ConversationId>(), number.id, contact.id, clock.nowMs())
  await server.log.write(async (tx) => {
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'conversation', row: { ...row, ...given } })
  })
  return { id: row.id, path: `/api/v1/conversations/${row.id}` }
}

async function label(name: string, tone?: string): Promise<Label> {
  const { status, body } = await ask('POST', '/api/v1/labels', { token, body: { name, tone } })
  expect(status).toBe(201)
  return body
}

const labelsOf = async (path: string) => (await ask('GET', path, { token })).body.labels
const found = async (query: string) => {
  const { body } = await ask('GET', `/api/v1/conversations?${query}`, { token })
  return (body.items as { id: string }[]).map(({ id }) => id)
}

test('a label is made, renamed and deleted by those who manage labels, and by nobody else', async () => {
  const made = await label('  Große   Kunden ', 'ochre')
  expect(made).toEqual({ id: made.id, name: 'Große Kunden', tone: 'ochre' })
  expect(await label('Ohne Ton')).toMatchObject({ tone: 'grey' })
  const path = `/api/v1/labels/${made.id}`
  const renamed = await ask('PATCH', path, { token, body: { name: 'Großkunden', tone: 'moss' } })
  expect(renamed.body).toEqual({ id: made.id, name: 'Großkunden', tone: 'moss' })
  for (const [method, at] of [
    ['POST', '/api/v1/labels'],
    ['PATCH', path],
    ['DELETE', path],
  ] as const) {
    const body = method === 'DELETE' ? undefined : { name: 'Nein' }
    const refused = await ask(method, at, { token: agent.token, body })
    expect([method, refused.status, refused.body.error.code]).toEqual([method, 403, 'forbidden'])
  }
  expect((await ask('DELETE', path, { token })).status).toBe(204)
  expect((await ask('DELETE', path, { token })).body.error.code).toBe('not-found')
  expect((await ask('PATCH', path, { token, body: { name: 'Da' } })).status).toBe(404)
  const { body } = await ask('GET', '/api/v1/labels', { token: agent.token })
  expect(body.items.map(({ name }: Label) => name)).toEqual(['Ohne Ton'])
})

test('no two labels in use have one name, whatever its case; one that was deleted frees its name', async () => {
  const first = await label('Reklamation')
  const other = await label('Rückruf')
  const again = await ask('POST', '/api/v1/labels', { token, body: { name: 'reklamation ' } })
  expect([again.status, again.body.error]).toMatchObject([
    409,
    { code: 'already-exists', details: { at: '/name' } },
  ])
  const at = `/api/v1/labels/${other.id}`
  const clash = await ask('PATCH', at, { token, body: { name: 'REKLAMATION' } })
  expect(clash.body.error.code).toBe('already-exists')
  expect((await ask('PATCH', at, { token, body: { name: 'RÜCKRUF' } })).status).toBe(200)
  for (const body of [{ name: '  ' }, { name: 'x'.repeat(41) }, { name: 'x', tone: 'pink' }, {}]) {
    expect((await ask('POST', '/api/v1/labels', { token, body })).status).toBe(400)
  }
  await ask('DELETE', `/api/v1/labels/${first.id}`, { token })
  await label('Reklamation')
})

test('a conversation gets and loses labels by id or name, and is found by them', async () => {
  const [parts, urgent] = [await label('Ersatzteil'), await label('Eilt')]
  const { id, path } = await chat()
  const patch = (wanted: string[], by = agent.token) =>
    ask('PATCH', path, { token: by, body: { labels: wanted } })
  expect((await patch([parts.id, 'eilt', parts.id])).body.labels).toEqual([urgent.id, parts.id])
  expect(await found(`label=${parts.id}`)).toEqual([id])
  expect(await found('label=EILT')).toEqual([id])
  expect(await found('label=unbekannt')).toEqual([])
  const unknown = await patch(['Eilt', 'Unbekannt'])
  expect(unknown.body.error).toMatchObject({ code: 'label-gone', details: { at: '/labels/1' } })
  expect(await labelsOf(path)).toEqual([urgent.id, parts.id])
  const readOnly = await server.key(['read-conversations'])
  expect((await patch([], readOnly)).body.error.code).toBe('forbidden')
  expect((await patch(['Eilt'])).body.labels).toEqual([urgent.id])
  const before = await ask('GET', path, { token })
  expect((await patch(['Eilt'])).body.updatedAt).toBe(before.body.updatedAt)
})

test('a deleted label is on no conversation any more, and who sees few counts few', async () => {
  const gone = await label('Messe 2025')
  const { path } = await chat()
  const hidden = await chat({ teamId: newId() })
  for (const one of [path, hidden.path]) {
    await ask('PATCH', one, { token, body: { labels: [gone.id] } })
  }
  const [own, admin] = [await person('agent'), await person('administrator')]
  const at = `/api/v1/users/${own.user.id}`
  await ask('PATCH', at, { token: admin.token, body: { sees: 'teams' } })
  const usesFor = async (by: string) => {
    const { body } = await ask('GET', '/api/v1/labels', { token: by })
    return body.items.find((one: Label) => one.id === gone.id)?.conversations
  }
  expect([await usesFor(token), await usesFor(own.token)]).toEqual([2, 1])
  await ask('DELETE', `/api/v1/labels/${gone.id}`, { token })
  expect([await labelsOf(path), await found(`label=${gone.id}`)]).toEqual([[], []])
  expect(await usesFor(token)).toBeUndefined()
})

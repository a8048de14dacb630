import { tmpdir } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { newConversation, withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, NumberId } from '../../core/domain/ids.ts'
import { aContact, aMessage, aNumber } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import { MediaFiles } from '../media/files.ts'
import { testApp } from '../testing/app.ts'
import { contactDeeds } from './contact-deeds.ts'
import { contacts } from './contacts.ts'
import { conversations } from './conversations.ts'
import { messages } from './messages.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const server = await testApp({
  register(app, { db, log }) {
    const files = new MediaFiles(tmpdir())
    const parts = { db, log, files, newId, nowMs: () => clock.nowMs() }
    void app.register(conversations, parts)
    void app.register(messages, parts)
    void app.register(contacts, parts)
    void app.register(contactDeeds, parts)
  },
})
afterAll(() => server.close())
const { ask, person, log } = server
const { token } = await person('agent')
const number = aNumber({ id: newId<NumberId>() })
await log.write(async (tx) => tx.put({ entity: 'number', row: number }))

/** Somebody who wrote these words at these seconds. */
async function whoWrote(name: string, userId: string, words: Record<number, string>) {
  const contact = aContact({ id: newId(), name, userId, phone: `+49${userId.slice(3)}` })
  let row = newConversation(newId<ConversationId>(), number.id, contact.id, clock.nowMs())
  await log.write(async (tx) => {
    tx.put({ entity: 'contact', row: contact })
    for (const [second, text] of Object.entries(words)) {
      const atMs = Number(second) * 1000
      const message = aMessage({
        id: newId(),
        conversationId: row.id,
        numberId: number.id,
        ord: row.lastOrd + 1,
        wamid: `wamid.${newId()}`,
        text,
        sentAtMs: atMs,
        receivedAtMs: atMs,
      })
      tx.put({ entity: 'message', row: message })
      row = withMessage(row, message)
    }
    tx.put({ entity: 'conversation', row })
  })
  return { contact, conversation: row }
}

const post = (path: string, body: object = {}) => ask('POST', path, { token, body })
const listed = async () => {
  const { body } = await ask('GET', '/api/v1/conversations?limit=100', { token })
  return (body.items as { id: string }[]).map(({ id }) => id)
}

test('two contacts are merged, read as one thread, and told apart again', async () => {
  const one = await whoWrote('Dörte', 'DE.1111', { 1: 'eins', 3: 'drei' })
  const two = await whoWrote('D. M.', 'DE.2222', { 2: 'zwei', 4: 'vier' })
  const into = `/api/v1/contacts/${one.contact.id}`
  const merged = await post(`${into}/merge`, {
    contactId: two.contact.id,
    keep: { phone: 'from' },
  })
  expect(merged.body).toMatchObject({
    id: one.contact.id,
    name: 'Dörte',
    phone: two.contact.phone,
    includes: [two.contact.id],
  })
  expect(await listed()).toContain(one.conversation.id)
  expect(await listed()).not.toContain(two.conversation.id)
  expect((await post(`${into}/merge`, { contactId: two.contact.id })).body.error.code).toBe(
    'conflict',
  )

  const texts: string[][] = []
  const thread = `/api/v1/conversations/${one.conversation.id}/messages?limit=2`
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await ask('GET', cursor === '' ? thread : `${thread}&cursor=${cursor}`, {
      token,
    })
    texts.push(body.items.map((item: { text?: string; type: string }) => item.text ?? item.type))
    cursor = body.nextCursor
  }
  expect(texts).toEqual([['vier', 'activity'], ['zwei', 'drei'], ['eins']])

  const apart = await post(`/api/v1/contacts/${two.contact.id}/unmerge`)
  expect(apart.body).toMatchObject({ id: two.contact.id, name: 'D. M.' })
  expect(apart.body.mergedInto).toBeUndefined()
  expect((await ask('GET', into, { token })).body.phone).toBe(one.contact.phone)
  expect(await listed()).toContain(two.conversation.id)
  const again = await post(`/api/v1/contacts/${two.contact.id}/unmerge`)
  expect([again.status, again.body.error.code]).toEqual([409, 'conflict'])
})

test('a contact is named, and a doubt about it is settled', async () => {
  const one = await whoWrote('Ole', 'DE.3333', {})
  const two = await whoWrote('Ole K.', 'DE.4444', {})
  await log.write(async (tx) => {
    const conflicts = [
      { contactId: two.contact.id, kind: 'phone' as const, value: '+49', atMs: 1000 },
    ]
    await tx.load('contact', [one.contact.id])
    tx.put({ entity: 'contact', row: { ...one.contact, conflicts } })
  })
  const path = `/api/v1/contacts/${one.contact.id}`
  expect((await ask('GET', path, { token })).body.conflicts).toEqual([
    { contactId: two.contact.id, kind: 'phone', value: '+49', at: '1970-01-01T00:00:01.000Z' },
  ])
  const settled = await post(`${path}/dismiss-conflict`, { contactId: two.contact.id })
  expect(settled.body.conflicts).toBeUndefined()
  const named = await ask('PATCH', path, { token, body: { name: 'Herr Krämer' } })
  expect(named.body).toMatchObject({ name: 'Herr Krämer', namedBy: 'colleague' })
})

test('a key needs its scope, and nobody is merged with nobody', async () => {
  const one = await whoWrote('Pia', 'DE.5555', {})
  const path = `/api/v1/contacts/${one.contact.id}`
  const reader = await server.key(['read-conversations'])
  const refused = await ask('PATCH', path, { token: reader, body: { name: 'x' } })
  expect(refused.body.error.code).toBe('forbidden')
  const keeper = await server.key(['change-contacts'])
  expect((await ask('PATCH', path, { token: keeper, body: { name: 'x' } })).status).toBe(200)
  const nobody = await post(`${path}/merge`, { contactId: newId() })
  expect(nobody.body.error.code).toBe('not-found')
  expect((await post(`${path}/merge`, { contactId: one.contact.id })).status).toBe(400)
  expect((await post(`${path}/merge`, {})).status).toBe(400)
  expect((await post(`/api/v1/contacts/${newId()}/unmerge`)).status).toBe(404)
})

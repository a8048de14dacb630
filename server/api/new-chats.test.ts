import { tmpdir } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { aNumber, aTemplate } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import { rememberAliases } from '../intake/aliases.ts'
import { createLog } from '../log/log.ts'
import { MediaFiles } from '../media/files.ts'
import { testApp } from '../testing/app.ts'
import { messages } from './messages.ts'
import { newChats } from './new-chats.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const server = await testApp({
  register(app, { db }) {
    const log = createLog(db, { nowMs: () => clock.nowMs(), beforeCommit: [rememberAliases] })
    void app.register(newChats, { db, log, newId })
    void app.register(messages, { db, log, newId, files: new MediaFiles(tmpdir()) })
  },
})
afterAll(() => server.close())
const { token } = await server.person('agent')
const number = aNumber({ id: newId(), accountId: '102000000000001' })
const template = aTemplate({ id: newId() })
await server.log.write(async (tx) => {
  tx.put({ entity: 'number', row: number })
  tx.put({ entity: 'template', row: template })
})
const post = (path: string, body: object, headers = {}) =>
  server.ask('POST', `/api/v1/${path}`, { token, body, headers })

test('the firm writes first: a contact, a conversation, and a template to begin with', async () => {
  const made = await post('contacts', { name: ' Ada Beispiel ', phone: '0049 40 1234-0107' })
  expect([made.status, made.body]).toMatchObject([
    201,
    { name: 'Ada Beispiel', phone: '+494012340107' },
  ])
  const pair = { contactId: made.body.id, numberId: number.id }
  const opened = await post('conversations', pair)
  expect([opened.status, opened.body]).toMatchObject([
    201,
    { contact: { id: made.body.id }, numberId: number.id, status: 'open', windowExpiresAt: null },
  ])
  const again = await post('conversations', pair)
  expect([again.status, again.body.id]).toEqual([200, opened.body.id])

  const path = `conversations/${opened.body.id}/messages`
  const text = await post(path, { type: 'text', text: 'Guten Tag' })
  expect(text.body.error.code).toBe('window-closed')
  const first = await post(path, {
    ...{ type: 'template', name: template.name, language: 'de' },
    params: ['Ada', 'Ihr Paket'],
  })
  expect([first.status, first.body.direction]).toEqual([202, 'out'])
})

test('a number or user id that is known leads to whom it belongs', async () => {
  const first = await post('contacts', { phone: '+49 40 1234 0108', userId: 'DE.108' })
  for (const body of [{ phone: '+494012340108' }, { userId: 'DE.108' }]) {
    const second = await post('contacts', body)
    expect([second.status, second.body.error]).toMatchObject([
      409,
      { code: 'already-exists', details: { contactId: first.body.id } },
    ])
  }
})

test('the same key makes one contact', async () => {
  const body = { phone: '+494012340109' }
  const headers = { 'idempotency-key': 'contact-1' }
  const first = await post('contacts', body, headers)
  expect((await post('contacts', body, headers)).body).toEqual(first.body)
})

test.each([
  [{ phone: '040 1234' }, '/body/phone'],
  [{ phone: 'nonsense' }, '/body/phone'],
  [{ name: 'Ada' }, '/body/phone'],
  [{ userId: 'ada' }, '/body/userId'],
  [{ phone: '+494012340110', extra: 1 }, '/body/extra'],
])('%j is no contact, because of %s', async (body, at) => {
  const { status, body: answer } = await post('contacts', body)
  expect([status, answer.error.code, answer.error.details.at]).toEqual([400, 'bad-request', at])
})

test('nobody is written to who is not there', async () => {
  const contact = await post('contacts', { phone: '+494012340111' })
  const unknown = await post('conversations', { contactId: newId(), numberId: number.id })
  expect(unknown.body.error.code).toBe('not-found')
  const from = await post('conversations', { contactId: contact.body.id, numberId: newId() })
  expect(from.body.error.code).toBe('not-found')
})

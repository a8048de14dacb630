import Fastify from 'fastify'
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { beforeEach, expect, test } from 'vitest'
import { aUser } from '../../core/testing/examples.ts'
import { doerte, inbound, text } from '../../tests/fixtures/bodies.ts'
import { intakeDesk } from '../../tests/fixtures/intake.ts'
import { guardRoutes } from '../http/access.ts'
import { answerError } from '../http/errors.ts'
import type { Actor } from '../auth/auth.ts'
import type { App } from '../http/types.ts'
import { deliveries } from './deliveries.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

const app = Fastify().withTypeProvider<TypeBoxTypeProvider>() as App // the same routes over plain HTTP
app.setValidatorCompiler(TypeBoxValidatorCompiler)
app.setErrorHandler(answerError)
guardRoutes(app, {
  identify: async (role) => {
    const user = aUser({ role: role as Actor['user']['role'] })
    return { kind: 'person', id: user.id, user, sessionId: 'a session' }
  },
})
await app.register(deliveries, { db: desk.db, intake: desk.intake })

async function ask(path: string, role = 'administrator', method: 'GET' | 'POST' = 'GET') {
  const url = `/api/v1/deliveries${path}`
  const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${role}` } })
  return { status: answer.statusCode, body: answer.json() }
}

test('lists the newest calls first, page by page, with what became of each part', async () => {
  await desk.take(...['1', '2', '3'].map((words) => inbound(doerte, text(words))))
  const first = await ask('?limit=2')
  expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual(['3', '2'])
  const [message] = (await desk.messages()).slice(-1)
  expect(first.body.items[0]).toMatchObject({
    state: 'done',
    receivedAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    parts: [
      {
        kind: 'message-received',
        path: 'entry.0.changes.0.messages.0',
        outcome: 'stored',
        messageId: message?.id,
        conversationId: message?.conversationId,
      },
    ],
  })
  const second = await ask(`?limit=2&cursor=${first.body.nextCursor}`)
  expect(second.body).toMatchObject({ items: [{ id: '1' }], nextCursor: null })
})

test('shows only calls with a part that failed when asked for those', async () => {
  await desk.take(inbound(doerte, text('1')), 'no webhook')
  const { body } = await ask('?outcome=failed')
  expect(body.items).toMatchObject([
    { id: '2', parts: [{ outcome: 'failed', reason: 'not a webhook of WhatsApp' }] },
  ])
})

test('what was in a call is for administrators; agents see nothing', async () => {
  const value = inbound(doerte, text('Hallo'))
  await desk.take(value)
  expect((await ask('/1')).body.body).toEqual(value)
  const { status, body } = await ask('/1', 'supervisor')
  expect(status).toBe(200)
  expect(body).not.toHaveProperty('body')
  expect((await ask('', 'agent')).status).toBe(403)
  expect((await ask('/1/replay', 'supervisor', 'POST')).status).toBe(403)
})

test('a body that is no JSON is shown as text', async () => {
  await desk.take(Buffer.from('entry=1'))
  expect((await ask('/1')).body).toMatchObject({
    body: 'entry=1',
    state: 'failed',
    error: 'not JSON',
  })
})

test('a replay changes nothing that was stored, and says so', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  const before = await desk.messages()
  const { status, body } = await ask('/1/replay', 'administrator', 'POST')
  expect(status).toBe(200)
  expect(body).toMatchObject({ state: 'done', parts: [{ outcome: 'stored' }] })
  expect(await desk.messages()).toEqual(before)
})

test.each(['/77', '/77/replay', '/0', '/x', '?cursor=x', '?limit=1000'])(
  'refuses %s',
  async (path) => {
    const { status } = await ask(path, 'administrator', path.endsWith('replay') ? 'POST' : 'GET')
    expect(status).toBe(path.startsWith('/77') ? 404 : 400)
  },
)

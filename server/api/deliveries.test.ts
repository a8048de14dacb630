import Fastify from 'fastify'
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { beforeEach, expect, test } from 'vitest'
import { aUser } from '../../core/testing/examples.ts'
import {
  aWamid,
  body,
  change,
  doerte,
  inbound,
  ourNumber,
  status,
  statuses,
  text,
} from '../../tests/fixtures/bodies.ts'
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
const replayed: string[][] = []
await app.register(deliveries, {
  db: desk.db,
  intake: desk.intake,
  onReplayed: async (messageIds) => void replayed.push(messageIds),
})

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

const idsOf = async (query: string) => {
  const { body } = await ask(`?${query}`)
  return body.items.map(({ id }: { id: string }) => id)
}

test('finds calls by what became of a part, whom it is about, and when', async () => {
  const wamid = aWamid()
  const later = change('account_alerts', { metadata: { phone_number_id: '999' } })
  await desk.take(
    inbound(doerte, text('Hallo'), { id: wamid }),
    inbound(doerte, text('Hallo'), { id: wamid }),
    statuses(status('wamid.LATER', 'sent')),
    body(later, change('unheard_of', {})),
    Buffer.from('no JSON'),
  )
  const [message] = await desk.messages()
  expect(await idsOf('outcome=duplicate')).toEqual(['2'])
  expect(await idsOf('state=failed')).toEqual(['5'])
  expect(await idsOf('kind=status-changed&outcome=parked')).toEqual(['3'])
  expect(await idsOf('kind=status-changed&outcome=stored')).toEqual([])
  expect(await idsOf(`number=${ourNumber.id}`)).toEqual(['4', '3', '2', '1'])
  expect(await idsOf('number=999')).toEqual(['4'])
  expect(await idsOf(`message=${message?.id}`)).toEqual(['2', '1'])
  expect(await idsOf(`message=${wamid}`)).toEqual(['2', '1'])
  expect(await idsOf('message=wamid.LATER')).toEqual(['3'])
  expect(await idsOf('message=wamid.NEVER')).toEqual([])
  expect(await idsOf(`conversation=${message?.conversationId}&outcome=stored`)).toEqual(['1'])
  expect(await idsOf('reason=FIELD%20unheard_of')).toEqual(['4'])
  expect(await idsOf('reason=%25')).toEqual([])
  const { received_at } = (await desk.calls())[2]!
  const at = encodeURIComponent(received_at.toISOString())
  expect(await idsOf(`to=${at}`)).toEqual(['2', '1'])
  expect((await idsOf(`from=${at}`)).slice(-1)).toEqual(['3'])
})

test('every reason comes with a name that stays', async () => {
  await desk.take(Buffer.from('no JSON'), body(change('unheard_of', {})))
  const { body: found } = await ask('')
  expect(found.items).toMatchObject([
    { parts: [{ reason: 'unknown field unheard_of, kept', reasonCode: 'unknown-field' }] },
    { error: 'not JSON', errorCode: 'not-json', parts: [{ reasonCode: 'not-json' }] },
  ])
})

test('a call whose body is no longer kept says so instead of being replayed', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  await desk.db.updateTable('webhook_call').set({ body: null }).execute()
  const { status: code, body: answer } = await ask('/1/replay', 'administrator', 'POST')
  expect([code, answer.error.details]).toEqual([409, { reason: 'body-purged' }])
  expect((await ask('/1')).body).toMatchObject({ state: 'done', body: null, sizeBytes: null })
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
  expect(replayed.at(-1)).toEqual(before.map(({ id }) => id))
})

test.each(['/77', '/77/replay', '/0', '/x', '?cursor=x', '?limit=1000'])(
  'refuses %s',
  async (path) => {
    const { status } = await ask(path, 'administrator', path.endsWith('replay') ? 'POST' : 'GET')
    expect(status).toBe(path.startsWith('/77') ? 404 : 400)
  },
)

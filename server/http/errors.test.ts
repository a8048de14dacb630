import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import Type from 'typebox'
import { afterAll, expect, test } from 'vitest'
import { AppError, errorCodes } from '../../core/lib/errors.ts'
import type { App } from './types.ts'
import { testApp } from '../testing/app.ts'
import { statusOf } from './errors.ts'

const secret = 'Mein Konto ist +49 170 1234567'

function register(app: App) {
  const config = { access: 'public' } as const
  const body = Type.Object({ text: Type.String({ maxLength: 5 }) })
  app.post('/api/v1/echo', { config, schema: { body } }, async (request) => request.body)
  app.get('/api/v1/bug', { config }, async () => {
    throw new Error(`could not store "${secret}"`)
  })
  app.get('/api/v1/sql', { config }, async () => {
    await sql`select ${secret}::int`.execute(server.db)
  })
  app.get<{ Params: { code: string } }>('/api/v1/codes/:code', { config }, async (request) => {
    throw new AppError(request.params.code as 'conflict', 'as asked', { details: { at: 'x' } })
  })
  app.get('/api/v1/away', { config }, async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  })
}

const server = await testApp({ register })
const { ask } = server
afterAll(() => server.close())

const json = { 'content-type': 'application/json' }
const failures: [string, () => ReturnType<typeof ask>, number, string][] = [
  ['an address without anything', () => ask('GET', '/api/v1/nothing'), 404, 'not-found'],
  ['a method that is not served', () => ask('PUT', '/api/v1/me', { body: {} }), 404, 'not-found'],
  ['an address that is none', () => ask('GET', '/api/%zz'), 400, 'bad-request'],
  ['no token', () => ask('GET', '/api/v1/me'), 401, 'unauthenticated'],
  ['a wrong token', () => ask('GET', '/api/v1/me', { token: 'kta_x' }), 401, 'unauthenticated'],
  [
    'a body that is no JSON',
    () => ask('POST', '/api/v1/echo', { raw: '{"text":"Anna' }),
    400,
    'bad-request',
  ],
  ['a missing body', () => ask('POST', '/api/v1/echo', { headers: json }), 400, 'bad-request'],
  ['a missing field', () => ask('POST', '/api/v1/echo', { body: {} }), 400, 'bad-request'],
  ['a wrong field', () => ask('POST', '/api/v1/echo', { body: { text: 1 } }), 400, 'bad-request'],
  [
    'a polluted prototype',
    () => ask('POST', '/api/v1/echo', { raw: '{"text":"a","__proto__":{"admin":true}}' }),
    400,
    'bad-request',
  ],
  [
    'another kind of body',
    () => ask('POST', '/api/v1/echo', { raw: '<a/>', headers: { 'content-type': 'text/xml' } }),
    400,
    'bad-request',
  ],
  [
    'a body that is too large',
    () => ask('POST', '/api/v1/echo', { body: { text: 'x'.repeat(1024 * 1024) } }),
    413,
    'too-large',
  ],
  ['a bug', () => ask('GET', '/api/v1/bug'), 500, 'internal'],
  ['a statement the database refuses', () => ask('GET', '/api/v1/sql'), 500, 'internal'],
  ['something that cannot be reached', () => ask('GET', '/api/v1/away'), 503, 'unavailable'],
]

test.each(failures)('%s is told in the one form', async (_what, fail, status, code) => {
  const answer = await fail()
  expect(answer.status).toBe(status)
  expect(Object.keys(answer.body)).toEqual(['error'])
  const { details: _any, ...error } = answer.body.error
  expect(error).toEqual({ code, message: expect.any(String), requestId: expect.any(String) })
  expect(answer.headers.get('x-request-id')).toBe(error.requestId)
  expect(JSON.stringify(answer.body)).not.toContain('Anna')
})

test.each(errorCodes)('%s has its status', async (code) => {
  const answer = await ask('GET', `/api/v1/codes/${code}`)
  expect([answer.status, answer.body.error.code]).toEqual([statusOf[code], code])
})

test('what is wrong is named, what was sent is not repeated', async () => {
  const { body } = await ask('POST', '/api/v1/echo', { body: { text: secret } })
  expect(body.error.details.at).toBe('/body/text')
  expect(JSON.stringify(body)).not.toContain('Konto')
})

test('a bug is logged once, without what it was about', async () => {
  server.lines.splice(0)
  const { body } = await ask('GET', '/api/v1/bug?phone=%2B491701234567')
  await ask('GET', '/api/v1/sql')
  const bugs = server.lines.filter((line) => line.includes('"msg":"bug"'))
  expect(bugs).toHaveLength(2)
  expect(bugs[0]).toContain(body.error.requestId)
  expect(bugs[0]).toContain('errors.test.ts')
  expect(server.lines.join('')).not.toMatch(/1234567|phone/)
})

test('what is not even HTTP is told in the same form', async () => {
  const socket = connect(server.port, '127.0.0.1')
  socket.write('HELLO\r\n\r\n')
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head).toContain('400 Bad Request')
  expect(JSON.parse(body)).toMatchObject({ error: { code: 'bad-request' } })
})

test('every answer carries its safety headers', async () => {
  for (const path of ['/healthz', '/api/v1/nothing', '/api/v1/bug']) {
    const { headers } = await ask('GET', path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
  }
  expect((await ask('GET', '/api/v1/nothing')).headers.get('cache-control')).toBe('no-store')
})

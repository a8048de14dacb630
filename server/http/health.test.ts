import { afterAll, expect, test } from 'vitest'
import { testApp } from '../testing/app.ts'

const server = await testApp()
const behind = await testApp({ config: { trustedProxy: ['127.0.0.1'] } })
const { ask } = server
afterAll(async () => {
  await server.close()
  await behind.close()
})

test('a console learns what it has found', async () => {
  const { status, body } = await ask('GET', '/.well-known/kontor')
  expect(status).toBe(200)
  expect(body).toEqual({
    product: 'kontor',
    version: '0.1.0',
    workspace: 'Nordwerk',
    methods: ['password'],
    protocol: { version: expect.any(Number), oldest: expect.any(Number) },
    minimumClient: '0.1.0',
    needsSetup: true,
  })
})

test('alive is not the same as able', async () => {
  const own = await testApp()
  expect((await own.ask('GET', '/readyz')).status).toBe(200)
  await own.db.destroy()
  expect((await own.ask('GET', '/healthz')).status).toBe(200)
  const away = await own.ask('GET', '/readyz')
  expect([away.status, away.body.error.code]).toEqual([503, 'unavailable'])
  await own.close()
})

test('figures are told to this machine, and to others only with a key for them', async () => {
  await ask('GET', '/api/v1/me')
  const { status, body, headers } = await ask('GET', '/metrics')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toContain('text/plain; version=0.0.4')
  expect(body).toContain('# TYPE kontor_http_requests_total counter')
  expect(body).toMatch(
    /kontor_http_requests_total\{method="GET",route="\/api\/v1\/me",status="401"\} 1\n/,
  )

  const from = { headers: { 'x-forwarded-for': '203.0.113.7' } }
  for (const each of [server, behind]) {
    expect((await each.ask('GET', '/metrics', from)).status).toBe(401)
    const token = await each.key(['read-metrics'])
    expect((await each.ask('GET', '/metrics', { ...from, token })).status).toBe(200)
    const wrong = await each.key(['reply'])
    expect((await each.ask('GET', '/metrics', { ...from, token: wrong })).status).toBe(403)
  }
})

test('the API describes itself, for programs and for people', async () => {
  const { body } = await ask('GET', '/api/v1/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  expect(
    body.paths['/api/v1/users'].post.requestBody.content['application/json'].schema,
  ).toMatchObject({
    type: 'object',
    required: ['name', 'email', 'role'],
  })
  expect(Object.keys(body.paths).every((path) => path.startsWith('/api/'))).toBe(true)

  const page = await ask('GET', '/api/docs')
  expect(page.body).toContain('POST /api/v1/users')
  expect(page.body).not.toMatch(/<script|https?:\/\/|src=/)
})

import { afterAll, expect, test } from 'vitest'
import { can, verbs } from '../../core/domain/can.ts'
import { testApp } from '../testing/app.ts'
import type { App } from './types.ts'

function register(app: App) {
  for (const verb of verbs) {
    const config = { access: { verb } } as const
    app.post(`/api/v1/probe/${verb}`, { config }, async () => ({ ok: true }))
  }
}

const server = await testApp({ register })
const { ask, person, key } = server
afterAll(() => server.close())

test('a route under /api/ that does not say who may use it stops the start', async () => {
  const forget = (app: App) => app.get('/api/v1/forgotten', async () => 'open to all')
  await expect(testApp({ register: forget })).rejects.toThrow('/api/v1/forgotten')
})

test.each(['agent', 'supervisor', 'administrator'] as const)(
  '%s: exactly what can() says',
  async (role) => {
    const { token } = await person(role)
    for (const verb of verbs) {
      const { status } = await ask('POST', `/api/v1/probe/${verb}`, { token })
      expect([verb, status]).toEqual([verb, can(role, verb) ? 200 : 403])
    }
  },
)

test('a key: exactly its scopes', async () => {
  const token = await key(['reply', 'read-ledger'])
  for (const verb of verbs) {
    const { status } = await ask('POST', `/api/v1/probe/${verb}`, { token })
    expect([verb, status]).toEqual([verb, ['reply', 'read-ledger'].includes(verb) ? 200 : 403])
  }
})

const id = '019aae00-0000-7000-8000-000000000001'
const matrix: [string, string, string][] = [
  // method and path, who may, who may not
  ['GET /api/v1/me', 'agent supervisor administrator key', 'nobody'],
  ['GET /api/v1/users', 'agent supervisor administrator', 'nobody key'],
  [`GET /api/v1/users/${id}`, 'agent supervisor administrator', 'nobody key'],
  ['POST /api/v1/users', 'administrator', 'nobody key agent supervisor'],
  [`POST /api/v1/users/${id}/invitation`, 'administrator', 'nobody key agent supervisor'],
  [`PATCH /api/v1/users/${id}`, 'administrator', 'nobody key agent supervisor'],
  [`DELETE /api/v1/users/${id}`, 'administrator', 'nobody key agent supervisor'],
  ['GET /api/v1/teams', 'agent supervisor administrator', 'nobody key'],
  ['POST /api/v1/teams', 'administrator', 'nobody key agent supervisor'],
  [`PATCH /api/v1/teams/${id}`, 'administrator', 'nobody key agent supervisor'],
  [`DELETE /api/v1/teams/${id}`, 'administrator', 'nobody key agent supervisor'],
  ['GET /api/v1/api-keys', 'administrator', 'nobody key agent supervisor'],
  ['POST /api/v1/api-keys', 'administrator', 'nobody key agent supervisor'],
  [`PATCH /api/v1/api-keys/${id}`, 'administrator', 'nobody key agent supervisor'],
  [`DELETE /api/v1/api-keys/${id}`, 'administrator', 'nobody key agent supervisor'],
  ['POST /api/v1/sync/tickets', 'agent supervisor administrator', 'nobody key'],
  ['DELETE /api/v1/sessions/current', 'agent supervisor administrator', 'nobody key'],
]

test.each(matrix)('%s: %s, not %s', async (route, may, mayNot) => {
  const [method = '', path = ''] = route.split(' ')
  const tokenOf = async (who: string) => {
    if (who === 'nobody') return undefined
    if (who === 'key') return key(['reply'])
    return (await person(who as 'agent')).token
  }
  for (const who of [...may.split(' '), ...mayNot.split(' ')]) {
    const token = await tokenOf(who)
    const { status } = await ask(method, path, token === undefined ? {} : { token })
    const isRefused = status === 401 || status === 403
    expect([who, isRefused]).toEqual([who, mayNot.split(' ').includes(who)])
    if (isRefused) expect(status).toBe(who === 'nobody' ? 401 : 403)
  }
})

test('the matrix leaves no route about people out', async () => {
  const listed = new Set(matrix.map(([route]) => route.replace(id, '{id}')))
  const { body } = await ask('GET', '/api/v1/openapi.json')
  const open = ['POST /api/v1/sessions', 'POST /api/v1/sessions/refresh', 'POST /api/v1/setup']
  const served = Object.entries(body.paths as Record<string, object>)
    .filter(([path]) => !path.includes('/probe/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
  expect(served.filter((route) => !open.includes(route)).sort()).toEqual([...listed].sort())
})

import { afterAll, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../core/lib/errors.ts'
import { testApp } from '../testing/app.ts'
import type { App } from './types.ts'

let runs: (string | null)[] = []
let failure: Error | null = null
let gate: Promise<void> | null = null

function register(app: App) {
  const config = { access: 'anyone' } as const
  app.post('/api/v1/orders', { config }, async (request, reply) => {
    runs.push(request.idempotentId)
    await gate
    if (failure !== null) throw failure
    return reply.code(201).send({ run: runs.length })
  })
}

const server = await testApp({ register })
const { ask, person, time } = server
afterAll(() => server.close())
const { token } = await person('agent')

const order = (key: string, body: unknown = { a: 1, b: [2] }, as = token) =>
  ask('POST', '/api/v1/orders', { token: as, body, headers: { 'idempotency-key': key } })

beforeEach(() => {
  runs = []
  failure = null
  gate = null
})

test('the same key and body do it once and get the same answer', async () => {
  const first = await order('a')
  const again = await order('a', { b: [2], a: 1 })
  expect([first.status, again.status, runs.length]).toEqual([201, 201, 1])
  expect(again.body).toEqual(first.body)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
})

test('the same key with another body is refused', async () => {
  await order('b')
  const other = await order('b', { a: 2 })
  expect([other.status, other.body.error.code]).toEqual([422, 'idempotency-mismatch'])
  expect(runs).toHaveLength(1)
})

test('a key belongs to whoever used it', async () => {
  await order('c')
  await order('c', { a: 2 }, (await person('agent')).token)
  expect(runs).toHaveLength(2)
})

test('while the first request is worked on the second is told so', async () => {
  let open = () => {}
  gate = new Promise((resolve) => (open = resolve))
  const first = order('d')
  await expect.poll(() => runs.length).toBe(1)
  const second = await order('d')
  expect([second.status, second.body.error.details]).toEqual([409, { reason: 'in-progress' }])
  open()
  expect((await first).status).toBe(201)
  expect((await order('d')).status).toBe(201)
  expect(runs).toHaveLength(1)
})

test('a refusal is an answer and is repeated; a failure of ours is not', async () => {
  failure = new AppError('window-closed', 'too late')
  expect((await order('e')).status).toBe(409)
  failure = null
  expect((await order('e')).body.error.code).toBe('window-closed')

  failure = new Error('a bug')
  expect((await order('f')).status).toBe(500)
  failure = null
  expect((await order('f')).status).toBe(201)
})

test('an attempt that died is taken up again under the same id', async () => {
  let open = () => {}
  gate = new Promise((resolve) => (open = resolve))
  const dead = order('g')
  await expect.poll(() => runs.length).toBe(1)
  time.nowMs += 60_001
  gate = null
  expect((await order('g')).status).toBe(201)
  expect(runs[1]).toBe(runs[0])
  expect(runs[0]).toMatch(/^[0-9a-f-]{36}$/)
  open()
  await dead
})

test('a day later the key is forgotten', async () => {
  await order('h')
  time.nowMs += 25 * 3_600_000
  const fresh = (await person('agent')).token
  await order('h', undefined, fresh)
  const rows = await server.db.selectFrom('idempotency').select('key').execute()
  expect(rows).toEqual([{ key: 'h' }])
})

test('what is no key is refused, and kept answers cannot be read in the database', async () => {
  const fresh = (await person('agent')).token
  expect((await order('with space', {}, fresh)).status).toBe(400)
  await order('i', {}, fresh)
  const rows = await server.db.selectFrom('idempotency').select('response').execute()
  // An answer is JSON with a member `run`; three letters alone may stand in what is sealed by chance.
  expect(rows.map(({ response }) => String(response)).join(' ')).not.toMatch(/["{]/)
})

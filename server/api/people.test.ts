import { afterAll, expect, test } from 'vitest'
import { prepareFirstAdministrator } from '../auth/first.ts'
import { createSetupToken } from '../auth/links.ts'
import { clock } from '../clock.ts'
import { testApp, testPassword } from '../testing/app.ts'

const server = await testApp()
const { ask, person, auth, db, time } = server
afterAll(() => server.close())
const parts = { db, nowMs: () => time.nowMs, newId: () => clock.newId(), people: auth.people }
const unset = { adminEmail: null, adminPassword: null }

const setUp = (token: string, given: object = {}, at = server) =>
  at.ask('POST', '/api/v1/setup', {
    body: {
      token,
      name: 'Petra Vogt',
      email: 'petra@nordwerk.example',
      password: testPassword,
      ...given,
    },
  })

test('the first start gives a link that makes the first administrator, once', async () => {
  const fresh = await testApp()
  const own = { ...parts, db: fresh.db, people: fresh.auth.people }
  const prepare = () => prepareFirstAdministrator(own, unset, 'https://kontor.example')
  const needsSetup = async () => (await fresh.ask('GET', '/.well-known/kontor')).body.needsSetup
  const tokenIn = (url: string | null) => url?.split('token=')[1] ?? ''

  expect(await needsSetup()).toBe(true)
  const old = await prepare()
  const link = await prepare()
  expect(link).toMatch(/^https:\/\/kontor\.example\/#\/setup\?token=kts_/)
  expect((await setUp(tokenIn(old), {}, fresh)).status).toBe(404)
  const short = await setUp(tokenIn(link), { password: 'too short' }, fresh)
  expect([short.status, short.body.error.code]).toEqual([400, 'bad-request'])
  const made = await setUp(tokenIn(link), {}, fresh)
  expect([made.status, made.body.user.role]).toEqual([201, 'administrator'])
  expect((await fresh.ask('GET', '/api/v1/me', { token: made.body.token })).status).toBe(200)

  expect((await setUp(tokenIn(link), {}, fresh)).status).toBe(404)
  expect(await needsSetup()).toBe(false)
  expect(await prepare()).toBeNull()
  await fresh.close()
})

test('the settings for the first administrator are used only while there is none', async () => {
  const fresh = await testApp()
  const given = { adminEmail: 'Chef@nordwerk.example', adminPassword: testPassword }
  const own = { ...parts, db: fresh.db, people: fresh.auth.people }
  expect(await prepareFirstAdministrator(own, given, '')).toBeNull()
  const body = { email: 'chef@nordwerk.example', password: testPassword }
  expect((await fresh.ask('POST', '/api/v1/sessions', { body })).body.user.role).toBe(
    'administrator',
  )
  await prepareFirstAdministrator(own, { ...given, adminEmail: 'other@x.example' }, '')
  expect(await fresh.db.selectFrom('user').select('id').execute()).toHaveLength(1)
  await fresh.close()
})

test('a link for the first administrator is worth nothing once there is one', async () => {
  await person('administrator')
  expect((await setUp(await createSetupToken(parts, null))).status).toBe(404)
})

test('an administrator adds a colleague, who sets a password by a link', async () => {
  const { token } = await person('administrator')
  const body = { name: ' Jana Albers ', email: 'Jana@Nordwerk.example', role: 'agent' }
  const made = await ask('POST', '/api/v1/users', { token, body })
  expect(made.status).toBe(201)
  const { setupUrl, ...user } = made.body
  expect(user).toMatchObject({
    name: 'Jana Albers',
    email: 'jana@nordwerk.example',
    isActive: true,
  })
  expect((await ask('GET', `/api/v1/users/${user.id}`, { token })).body).toEqual(user)

  const link = setupUrl.split('token=')[1]
  const wanted = { name: 'Jana Albers', email: 'jana@nordwerk.example' }
  expect((await setUp(link, { ...wanted, email: 'eve@nordwerk.example' })).status).toBe(404)
  const used = await setUp(link, wanted)
  expect([used.status, used.body.user.id, used.body.user.role]).toEqual([201, user.id, 'agent'])
})

test('a new invitation ends the one before, and a link is too old after a day', async () => {
  const { token } = await person('administrator')
  const { user } = await person('agent')
  const invite = async () =>
    (await ask('POST', `/api/v1/users/${user.id}/invitation`, { token })).body.setupUrl.split(
      'token=',
    )[1]
  const wanted = { name: user.name, email: user.email, password: 'a password quite new' }
  const old = await invite()
  const next = await invite()
  expect((await setUp(old, wanted)).status).toBe(404)
  expect((await setUp(next, wanted)).status).toBe(201)

  const late = await invite()
  time.nowMs += 24 * 3_600_000
  expect((await setUp(late, wanted)).status).toBe(404)
})

test('two people cannot have one address, and there is always an administrator', async () => {
  const fresh = await testApp()
  const admin = await fresh.person('administrator')
  const { token } = admin
  const body = { name: 'Eve', email: admin.user.email.toUpperCase(), role: 'agent' }
  const twice = await fresh.ask('POST', '/api/v1/users', { token, body })
  expect([twice.status, twice.body.error.code]).toEqual([409, 'already-exists'])

  const path = `/api/v1/users/${admin.user.id}`
  for (const patch of [{ role: 'agent' }, { isActive: false }]) {
    expect((await fresh.ask('PATCH', path, { token, body: patch })).status).toBe(409)
  }
  expect((await fresh.ask('DELETE', path, { token })).status).toBe(409)
  await fresh.person('administrator')
  expect((await fresh.ask('PATCH', path, { token, body: { role: 'agent' } })).status).toBe(200)
  expect((await fresh.ask('GET', '/api/v1/api-keys', { token })).status).toBe(403)
  await fresh.close()
})

test('somebody removed keeps their name and loses everything else', async () => {
  const { token } = await person('administrator')
  const { user, token: theirs } = await person('agent')
  expect((await ask('DELETE', `/api/v1/users/${user.id}`, { token })).status).toBe(204)
  const kept = await ask('GET', `/api/v1/users/${user.id}`, { token })
  expect(kept.body).toMatchObject({ name: user.name, isActive: false })
  expect((await ask('GET', '/api/v1/me', { token: theirs })).status).toBe(401)
  const body = { email: user.email, password: testPassword }
  expect((await ask('POST', '/api/v1/sessions', { body })).status).toBe(401)
})

test('what is misspelt in a body is told, not ignored', async () => {
  const { token } = await person('administrator')
  const { user } = await person('agent')
  const patch = await ask('PATCH', `/api/v1/users/${user.id}`, { token, body: { rol: 'agent' } })
  expect(patch.status).toBe(400)
})

test('teams have names of their own, and leave nothing pointing at them when they go', async () => {
  const { token } = await person('administrator')
  const add = (name: string) => ask('POST', '/api/v1/teams', { token, body: { name } })
  const { body: team } = await add('Lieferung')
  expect((await add('lieferung')).status).toBe(409)
  const body = { name: 'A', email: 'a@nordwerk.example', role: 'agent', teamIds: [team.id] }
  const { body: user } = await ask('POST', '/api/v1/users', { token, body })
  const path = `/api/v1/teams/${team.id}`
  const renamed = await ask('PATCH', path, { token, body: { name: 'Versand' } })
  expect(renamed.body).toEqual({ id: team.id, name: 'Versand' })

  expect((await ask('DELETE', path, { token })).status).toBe(204)
  expect((await ask('DELETE', path, { token })).status).toBe(404)
  expect((await ask('GET', `/api/v1/users/${user.id}`, { token })).body.teamIds).toEqual([])
  expect((await ask('GET', '/api/v1/teams', { token })).body.items).toEqual([])
  expect((await add('Versand')).status).toBe(201)
})

test('lists come in pages that join without gap or repeat', async () => {
  const { token } = await person('administrator')
  for (let count = 0; count < 5; count += 1) await person('agent')
  const all = (await ask('GET', '/api/v1/users?limit=200', { token })).body.items
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`
    const { body } = await ask('GET', `/api/v1/users?limit=2${next}`, { token })
    seen.push(...body.items.map((user: { id: string }) => user.id))
    cursor = body.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(all.map((user: { id: string }) => user.id))
  expect((await ask('GET', '/api/v1/users?limit=0', { token })).status).toBe(400)
  expect((await ask('GET', '/api/v1/users?cursor=nonsense', { token })).status).toBe(400)
})

test('a key is shown once, works until it is revoked or expires, and gives nothing it does not have', async () => {
  const { token } = await person('administrator')
  const body = { name: 'shop', scopes: ['read-people', 'manage-keys'] }
  const made = await ask('POST', '/api/v1/api-keys', { token, body })
  expect(made.status).toBe(201)
  const { key, ...shown } = made.body
  expect(key.startsWith(shown.prefix)).toBe(true)
  const me = await ask('GET', '/api/v1/me', { token: key })
  expect(me.body).toMatchObject({ kind: 'key', allowed: ['read-people', 'manage-keys'] })
  const list = await ask('GET', '/api/v1/api-keys', { token: key })
  expect(list.body.items).toMatchObject([{ ...shown, lastUsedAt: expect.any(String) }])
  expect(JSON.stringify(list.body)).not.toContain(key)

  const stronger = { name: 'more', scopes: ['manage-people'] }
  expect((await ask('POST', '/api/v1/api-keys', { token: key, body: stronger })).status).toBe(403)
  const unknown = { name: 'x', scopes: ['fly'] }
  expect((await ask('POST', '/api/v1/api-keys', { token, body: unknown })).status).toBe(400)

  expect((await ask('DELETE', `/api/v1/api-keys/${shown.id}`, { token })).status).toBe(204)
  expect((await ask('GET', '/api/v1/me', { token: key })).status).toBe(401)

  const expiresAt = new Date(time.nowMs + 1000).toISOString()
  const brief = await ask('POST', '/api/v1/api-keys', { token, body: { ...body, expiresAt } })
  time.nowMs += 1000
  expect((await ask('GET', '/api/v1/me', { token: brief.body.key })).status).toBe(401)
})

import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { testApp, testPassword } from '../testing/app.ts'
import { accessMs, attemptsMs, maxAttemptsPerAccount, refreshMs, retryMs } from './lifetimes.ts'

const server = await testApp()
const { ask, person, auth, time } = server
afterAll(() => server.close())

const signIn = (email: string, password: string) =>
  ask('POST', '/api/v1/sessions', { body: { email, password, device: 'laptop' } })
const refresh = (refreshToken: string) =>
  ask('POST', '/api/v1/sessions/refresh', { body: { refreshToken } })
const me = async (token: string) => (await ask('GET', '/api/v1/me', { token })).status

test('whoever knows the password is let in, whatever case the address is typed in', async () => {
  const { user } = await person('agent')
  const { status, body } = await signIn(` ${user.email.toUpperCase()}`, testPassword)
  expect(status).toBe(201)
  expect(body).toMatchObject({ user, expiresAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) })
  expect(await me(body.token)).toBe(200)
})

test('a wrong password, an unknown address and somebody deactivated get the same answer', async () => {
  const { user } = await person('agent')
  const gone = await person('agent')
  await auth.people.change(gone.user.id, { isActive: false })
  const answers = await Promise.all([
    signIn(user.email, 'not the password'),
    signIn('nobody@nordwerk.example', testPassword),
    signIn(gone.user.email, testPassword),
  ])
  const told = answers.map(({ status, body }) => [status, body.error.code, body.error.message])
  expect(new Set(told.map(String)).size).toBe(1)
  expect(told[0]?.slice(0, 2)).toEqual([401, 'wrong-credentials'])
})

test('after ten wrong passwords the account is paused for a while, and only that account', async () => {
  const { user } = await person('agent')
  const other = await person('agent')
  for (let tries = 0; tries < maxAttemptsPerAccount; tries += 1) {
    expect((await signIn(user.email, 'wrong')).status).toBe(401)
  }
  const paused = await signIn(user.email, testPassword)
  expect([paused.status, paused.body.error.code]).toEqual([429, 'too-many-attempts'])
  expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await signIn(other.user.email, testPassword)).status).toBe(201)
  time.nowMs += attemptsMs
  expect((await signIn(user.email, testPassword)).status).toBe(201)
})

test('an address that tries many accounts is paused', async () => {
  time.nowMs += attemptsMs
  const statuses = []
  for (let tries = 0; tries < 51; tries += 1) {
    statuses.push((await signIn(`guess-${tries}@nordwerk.example`, 'x')).status)
  }
  expect(statuses.at(-2)).toBe(401)
  expect(statuses.at(-1)).toBe(429)
  time.nowMs += attemptsMs
})

test('an access token ends after a quarter of an hour; the refresh token gives a new one', async () => {
  const first = await person('agent')
  time.nowMs += accessMs
  expect(await me(first.token)).toBe(401)
  const { status, body } = await refresh(first.refreshToken)
  expect([status, body.user.id]).toEqual([200, first.user.id])
  expect(await me(body.token)).toBe(200)
})

test('what was asked with the token before a refresh is still answered', async () => {
  const first = await person('agent')
  await refresh(first.refreshToken)
  expect(await me(first.token)).toBe(200)
})

test('a refresh whose answer was lost can be repeated, and is answered the same', async () => {
  const { refreshToken } = await person('agent')
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => refresh(refreshToken)))
  time.nowMs += retryMs - 1
  const late = await refresh(refreshToken)
  expect([one!.status, late.status]).toEqual([200, 200])
  for (const answer of [two!, three!, late]) expect(answer.body).toEqual(one!.body)
  expect((await refresh(one!.body.refreshToken)).status).toBe(200)
})

test.each([
  ['much later', 1, retryMs + 1],
  ['after the next refresh', 2, 0],
  ['generations later', 4, 0],
])(
  'a refresh token used again %s ends the session for both who hold it',
  async (_when, rotations, pauseMs) => {
    const first = await person('agent')
    const ended: string[] = []
    const stop = auth.onRevoked((id) => ended.push(id))
    let newest = first
    for (let count = 0; count < rotations; count += 1) {
      newest = (await refresh(newest.refreshToken)).body
    }
    time.nowMs += pauseMs
    expect(await me(newest.token)).toBe(200)

    expect((await refresh(first.refreshToken)).status).toBe(401)
    expect(await me(newest.token)).toBe(401)
    expect((await refresh(newest.refreshToken)).status).toBe(401)
    expect(ended).toHaveLength(1)
    stop()
  },
)

test('a device that was not used for a month is signed out', async () => {
  const { refreshToken } = await person('agent')
  time.nowMs += refreshMs
  expect((await refresh(refreshToken)).body.error.code).toBe('unauthenticated')
})

test('signing out ends the session and says so', async () => {
  const { token, refreshToken } = await person('agent')
  const ended: string[] = []
  const stop = auth.onRevoked((id) => ended.push(id))
  expect((await ask('DELETE', '/api/v1/sessions/current', { token })).status).toBe(204)
  expect([await me(token), (await refresh(refreshToken)).status]).toEqual([401, 401])
  expect(ended).toHaveLength(1)
  stop()
})

test('somebody deactivated is out at once, on every device', async () => {
  const { user, token } = await person('agent')
  const second = await auth.sessions.start(user, 'phone')
  const ended: string[] = []
  const stop = auth.onRevoked((id) => ended.push(id))
  await auth.people.change(user.id, { isActive: false })
  expect([await me(token), await me(second.token)]).toEqual([401, 401])
  expect(ended).toHaveLength(2)
  stop()
})

test('the twenty-first device takes the place of the one not seen longest', async () => {
  const { user, token } = await person('agent')
  time.nowMs += 1
  for (let count = 0; count < 20; count += 1) await auth.sessions.start(user, `device ${count}`)
  expect(await me(token)).toBe(401)
})

test('a ticket opens the socket once, within half a minute, while the session lasts', async () => {
  const { user, token } = await person('agent')
  const issue = async () => (await ask('POST', '/api/v1/sync/tickets', { token })).body.ticket
  const ticket = await issue()
  expect(await auth.redeemTicket(ticket)).toMatchObject({ userId: user.id })
  expect(await auth.redeemTicket(ticket)).toBeNull()

  const old = await issue()
  time.nowMs += 30_000
  expect(await auth.redeemTicket(old)).toBeNull()

  const orphan = await issue()
  await auth.sessions.revokeAll(user.id, 'signed-out')
  expect(await auth.redeemTicket(orphan)).toBeNull()
})

test('passwords and tokens are nowhere in the database or the log', async () => {
  const { user, token, refreshToken } = await person('agent')
  await signIn(user.email, testPassword)
  const { rows } = await sql<{ all: string }>`
    select (select string_agg(session::text, '') from session)
      || (select string_agg(account::text, '') from account) as all
  `.execute(server.db)
  for (const secret of [testPassword, token, refreshToken]) {
    expect(rows[0]?.all).not.toContain(secret)
    expect(server.lines.join('')).not.toContain(secret)
  }
  expect(rows[0]?.all).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
})

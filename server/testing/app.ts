import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Verb } from '../../core/domain/can.ts'
import type { Role, User } from '../../core/domain/people.ts'
import { createApp, type App, type AppParts } from '../app.ts'
import { peopleRoutes } from '../api/people-routes.ts'
import { Auth } from '../auth/auth.ts'
import { clock } from '../clock.ts'
import { createLogger } from '../http/logger.ts'
import { Metrics } from '../http/metrics.ts'
import { createLog, prepareLane, type Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import { testDatabase } from './database.ts'

export const testPassword = 'correct horse battery'

export type Answer = { status: number; headers: Headers; body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely

type Ask = { token?: string; body?: unknown; headers?: Record<string, string>; raw?: string }
export type TestApp = Awaited<ReturnType<typeof testApp>>

/**
 * The whole HTTP server on a real socket and a database of its own, with everything about people registered.
 * Its clock is `time.nowMs`, for tests that let time pass. Call it at the top of a test file, or inside a test.
 */
export async function testApp(
  given: {
    register?: (app: App, parts: { db: Database; log: Log }) => unknown
    config?: Partial<AppParts['config']>
    host?: string
  } = {},
) {
  const { db } = await testDatabase()
  const time = { nowMs: Date.now() }
  const lines: string[] = []
  const nowMs = () => time.nowMs
  const newId = () => clock.newId()
  await prepareLane(db, newId)
  const log = createLog(db, { nowMs })
  const auth = new Auth({ db, nowMs, newId, log })
  const metrics = new Metrics()
  const app = await createApp({
    config: {
      tlsCert: null,
      tlsKey: null,
      trustedProxy: null,
      workspace: 'Nordwerk',
      ...given.config,
    },
    db,
    auth,
    metrics,
    logger: createLogger('trace', { write: (line) => lines.push(line) }),
    key: randomBytes(32),
    version: '0.1.0',
    nowMs,
    newId,
  })
  const publicUrl = 'https://kontor.example'
  await app.register(peopleRoutes({ db, nowMs, newId, auth, log, publicUrl }))
  await given.register?.(app, { db, log })
  await app.listen({ host: given.host ?? '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo // it listens on TCP
  const url = `http://127.0.0.1:${port}`

  async function ask(method: string, path: string, asked: Ask = {}): Promise<Answer> {
    const hasBody = asked.body !== undefined || asked.raw !== undefined
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
        ...asked.headers,
      },
      ...(hasBody ? { body: asked.raw ?? JSON.stringify(asked.body) } : {}),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    }
  }

  let count = 0
  async function person(role: Role): Promise<{ user: User; token: string; refreshToken: string }> {
    count += 1
    const email = `${role}-${count}@nordwerk.example`
    const user = await auth.people.create({
      name: 'Jana Albers',
      email,
      role,
      password: testPassword,
    })
    const { token, refreshToken } = await auth.sessions.start(user, 'test')
    return { user, token, refreshToken }
  }

  async function key(scopes: Verb[]): Promise<string> {
    const made = await auth.keys.create({
      name: 'shop',
      scopes,
      expiresAt: null,
      createdBy: 'test',
    })
    return made.key
  }

  return { app, url, port, db, log, auth, time, lines, ask, person, key, close: () => app.close() }
}

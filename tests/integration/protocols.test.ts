import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import Value from 'typebox/value'
import { WebSocket } from 'ws'
import type { ConversationId, UserId } from '../../core/domain/ids.ts'
import { must } from '../../core/lib/must.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import { aContact, aConversation, aNumber, aTemplate, aUser } from '../../core/testing/examples.ts'
import { trimLog } from '../../server/jobs/trim-log.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { eager, newId, startSync } from '../support/desks.ts'

/** What a console of an older release says and what it has to hear, with its own words for both (JSON Schema). */
type Transcript = { proto: number; up: object; down: object; page?: Page; steps: Step[] }
/** The lines of a page of a snapshot: first, last, and what may stand between. */
type Page = { head: object; row: object; window: object; end: object }
type Step =
  | { say: [string, unknown] }
  | { hear: [string, Record<string, unknown>]; keep?: 'cursor' }
  | { do: 'cut' | 'change' | 'trim' | 'fetch' }

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
const anna = aUser({ id: newId() as UserId })
const folder = join(import.meta.dirname, '../fixtures/protocol')

beforeAll(async () => {
  server = await startSync(db, [], eager)
})
afterAll(() => server.close())

test.each([1, 2, 3])(
  'P10, row 19: a console that speaks version %i is served as it always was',
  async (proto) => {
    const text = readFileSync(join(folder, `v${proto}.json`), 'utf8')
    const { up, down, page, steps } = JSON.parse(text) as Transcript // kept as one
    const names = await aDesk()
    let socket = await open()
    for (const step of steps) {
      if ('say' in step) {
        const said: unknown = filled(step.say, names)
        expect(Value.Check(up, said)).toBe(true)
        socket.say(said)
      } else if ('hear' in step) {
        const heard = await socket.hear()
        expect(Value.Errors(down, heard)).toEqual([])
        const [kind, body] = heard as [string, Record<string, unknown>] // checked on the line before
        expect([kind, body]).toMatchObject(filled(step.hear, names) as [string, object])
        if (kind === 'welcome') names['epoch'] = body['epoch']
        if (step.keep !== undefined) names[step.keep] = body[step.keep]
      } else if (step.do === 'cut') {
        socket.close()
        socket = await open()
      } else if (step.do === 'change') await change()
      else if (step.do === 'trim') await trim()
      else Object.assign(names, await fetchCopy(must(page, 'page')))
    }
    socket.close()
    expect(server.faults).toEqual([])
  },
)

test('P4: what was taken by an older release is taken anew after an update, because it lacks what that did not know', async () => {
  await aDesk()
  const lane = await db.selectFrom('lane').select(['epoch', 'head']).executeTakeFirstOrThrow()
  const cursor = { epoch: lane.epoch, seq: { '0': lane.head } }
  const body = { protoMin: 1, app: 'desktop', replica: newId(), lastMid: 0, lastMuid: null, cursor }
  const modeOf = async (hello: { proto: number; rowsProto?: number }) => {
    const socket = await open()
    socket.say(['hello', { ...body, scopes: ['ws'], ...hello }])
    const [, welcome] = (await socket.hear()) as ['welcome', { mode: string }]
    socket.close()
    return welcome.mode
  }
  expect(await modeOf({ proto: 3 })).toBe('delta')
  expect(await modeOf({ proto: protocolVersion })).toBe('snapshot')
  expect(await modeOf({ proto: protocolVersion, rowsProto: protocolVersion - 1 })).toBe('snapshot')
  expect(await modeOf({ proto: protocolVersion, rowsProto: protocolVersion })).toBe('delta')
})

test('a console that cannot forget is told to get an update once its person no longer sees everything', async () => {
  const limited = aUser({ id: newId() as UserId, email: 'l@example.org', sees: 'teams' })
  await server.log.write(async (tx) => tx.put({ entity: 'user', row: limited }))
  const socket = await open(limited.id)
  const body = { proto: 2, protoMin: 1, app: 'desktop', replica: newId(), lastMid: 0 }
  socket.say(['hello', { ...body, lastMuid: null, cursor: null, scopes: [] }])
  expect(await socket.hear()).toMatchObject(['welcome', { proto: 2 }])
  expect(await socket.hear()).toEqual(['goaway', { why: 'upgrade' }])
})

test('what speaks only what nobody speaks any more is told to get an update', async () => {
  const socket = await open()
  const body = { proto: 99, protoMin: 99, app: 'desktop', replica: newId(), lastMid: 0 }
  socket.say(['hello', { ...body, lastMuid: null, cursor: null, scopes: [] }])
  expect(await socket.hear()).toEqual(['goaway', { why: 'upgrade' }])
})

/** A conversation to work on, and a template, which the first release had no word for. */
async function aDesk(): Promise<Record<string, unknown>> {
  const number = aNumber({ id: newId() as never, phoneNumberId: newId() })
  const contact = aContact({ id: newId() as never })
  const conversation = aConversation({
    id: newId() as ConversationId,
    numberId: number.id,
    contactId: contact.id,
  })
  await server.log.write(async (tx) => {
    await tx.load('user', [anna.id])
    tx.put({ entity: 'user', row: anna })
    tx.put({ entity: 'number', row: number })
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'conversation', row: conversation })
    tx.put({
      entity: 'template',
      row: aTemplate({ id: newId() as never, metaId: newId(), name: newId() }),
    })
  })
  const fresh = ['replica', 'muid', 'second', 'note', 'nobody', 'activity']
  return {
    ...Object.fromEntries(fresh.map((name) => [name, newId()])),
    conversation: conversation.id,
  }
}

async function change(): Promise<void> {
  await server.log.write(async (tx) =>
    tx.put({ entity: 'contact', row: aContact({ id: newId() as never }) }),
  )
}

/** A month goes by in which nobody wrote, and the log is cleared. */
async function trim(): Promise<void> {
  await trimLog({ db, nowMs: () => Date.now() + 31 * 86_400_000 })
}

/** Every page of a copy, as a console of then reads it. */
async function fetchCopy({ head, row, window, end }: Page): Promise<Record<string, unknown>> {
  let next: string | null = null
  let first: { epoch: string; seq: number; scopes: string[] } | undefined
  do {
    const place: string = next === null ? '' : `?from=${encodeURIComponent(next)}`
    const url = `http://127.0.0.1:${server.port}/snapshot${place}`
    const text = await (await fetch(url, { headers: { authorization: anna.id } })).text()
    const lines = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown)
    const [begin, close] = [lines.shift(), lines.pop()]
    expect([Value.Check(head, begin), Value.Check(end, close)]).toEqual([true, true])
    const isKnown = (line: unknown) => Value.Check(row, line) || Value.Check(window, line)
    expect(lines.filter((line) => !isKnown(line))).toEqual([])
    first ??= begin as typeof first // checked on the lines before
    next = (close as { next: string | null }).next // likewise
  } while (next !== null)
  const { epoch, seq, scopes } = must(first, 'page')
  return { cursor: { epoch, seq: { '0': seq } }, scopes }
}

async function open(userId = anna.id) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync?ticket=${userId}`)
  const heard: unknown[] = []
  socket.on('message', (bytes: Buffer) => heard.push(JSON.parse(bytes.toString('utf8'))))
  await once(socket, 'open')
  return {
    say: (up: unknown) => socket.send(JSON.stringify(up)),
    async hear(): Promise<unknown> {
      await expect.poll(() => heard.length, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
      return must(heard.shift(), 'message')
    },
    close: () => socket.terminate(),
  }
}

/** With what stands for `$name` in its place. */
function filled(value: unknown, names: Record<string, unknown>): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return names[value.slice(1)]
  if (Array.isArray(value)) return value.map((one) => filled(one, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, names)]))
}

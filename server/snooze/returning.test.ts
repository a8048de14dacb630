import { expect, onTestFinished, test } from 'vitest'
import { firmOn } from '../../tests/support/firm.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import { must } from '../../core/lib/must.ts'
import { clock } from '../clock.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { mutate } from '../log/mutate.ts'
import { recordOpenings } from '../log/openings.ts'
import { testDatabase } from '../testing/database.ts'
import { isSnoozed, startReturning } from './returning.ts'

const { db } = await testDatabase()
await prepareLane(db, () => clock.newId())
const soon = { timeout: 10_000, interval: 10 }

/** A server's log with what brings conversations back; several of them share the database. */
function aServer() {
  const log = createLog(db, { nowMs: () => clock.nowMs(), beforeCommit: [recordOpenings] })
  const faults: unknown[] = []
  const start = () => {
    const returning = startReturning({ db, log, clock, report: (error) => void faults.push(error) })
    log.onCommit((_head, written) => {
      if (written.some(isSnoozed)) returning.wake()
    })
    onTestFinished(() => returning.stop())
    return returning
  }
  return { log, faults, start, firm: firmOn(log) }
}

async function snoozed({ log, firm }: ReturnType<typeof aServer>, forMs: number | null) {
  const user = await firm.employs({})
  const id = await firm.begins()
  const basedOn = await firm.hears(id, 'Bitte morgen wieder')
  const until = forMs === null ? { kind: 'reply' } : { kind: 'time', atMs: clock.nowMs() + forMs }
  const args = { conversationId: id, until, basedOn, activityId: clock.newId() as MessageId }
  const outcome = await log.write((tx) => mutate(tx, user, 'conversation.snooze', args))
  expect(outcome).toMatchObject({ ok: true })
  return id
}

async function rowOf(id: ConversationId): Promise<Conversation> {
  const row = await db
    .selectFrom('conversation')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirst()
  return must(row, 'conversation').data
}

async function linesOf(id: ConversationId) {
  const rows = await db
    .selectFrom('message')
    .select('data')
    .where('conversation_id', '=', id)
    .orderBy('ord')
    .execute()
  return rows.flatMap(({ data }) => data.activity?.kind ?? [])
}

test('a snoozed conversation comes back at its time, one line says so, and its opening goes on', async () => {
  const server = aServer()
  server.start()
  const id = await snoozed(server, 300)
  const { openedAtMs, snoozedUntilMs } = await rowOf(id)
  await expect.poll(async () => (await rowOf(id)).status, soon).toBe('open')
  const back = await rowOf(id)
  expect(back).toMatchObject({ snoozedUntilMs: null, openedAtMs })
  expect(back.returnedAtMs).toBeGreaterThanOrEqual(must(snoozedUntilMs, 'time'))
  expect(await linesOf(id)).toEqual(['conversation-snoozed', 'conversation-returned'])
  const openings = db.selectFrom('opening').selectAll().where('conversation_id', '=', id)
  expect(await openings.execute()).toHaveLength(1)
  expect(server.faults).toEqual([])
})

test('what was due while no server ran comes back when one starts, once, however many start', async () => {
  const down = aServer()
  const ids = [await snoozed(down, 60), await snoozed(down, 60)]
  await expect
    .poll(async () => clock.nowMs() > must((await rowOf(ids[1]!)).snoozedUntilMs, 'time'), soon)
    .toBe(true)
  const servers = [aServer(), aServer(), aServer()]
  for (const server of servers) server.start()
  for (const id of ids) await expect.poll(async () => (await rowOf(id)).status, soon).toBe('open')
  for (const server of servers) await server.log.idle()
  for (const id of ids) {
    expect(await linesOf(id)).toEqual(['conversation-snoozed', 'conversation-returned'])
  }
  expect(servers.flatMap(({ faults }) => faults)).toEqual([])
})

test('what waits for an answer stays aside, and so does what was snoozed again for longer', async () => {
  const server = aServer()
  server.start()
  const [quiet, longer] = [await snoozed(server, null), await snoozed(server, 200)]
  const short = await snoozed(server, 400)
  const user = await server.firm.employs({})
  const atMs = clock.nowMs() + 3_600_000
  const { lastInbound } = await rowOf(longer)
  const args = { conversationId: longer, until: { kind: 'time', atMs }, activityId: clock.newId() }
  const again = { ...args, basedOn: must(lastInbound, 'message').messageId }
  await server.log.write((tx) => mutate(tx, user, 'conversation.snooze', again))
  await expect.poll(async () => (await rowOf(short)).status, soon).toBe('open')
  expect(await rowOf(longer)).toMatchObject({ status: 'snoozed', snoozedUntilMs: atMs })
  expect((await rowOf(quiet)).status).toBe('snoozed')
})

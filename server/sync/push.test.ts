import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ConversationId, MessageId, MutationId, ReplicaId } from '../../core/domain/ids.ts'
import type { PushedMutation } from '../../core/protocol/shared.ts'
import { aConversation, anId, aUser, exampleNowMs } from '../../core/testing/examples.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { introduce } from './hello.ts'
import { push } from './push.ts'

const { db } = await testDatabase()
const log = createLog(db, { nowMs: () => exampleNowMs })
const anna = aUser()
const conversationId = anId<ConversationId>()
const faults: unknown[] = []
const parts = { log, report: (fault: unknown) => void faults.push(fault) }

beforeAll(async () => {
  await prepareLane(db, () => 'epoch-1')
  await log.write(async (tx) => {
    tx.put({ entity: 'user', row: anna })
    tx.put({ entity: 'conversation', row: aConversation({ id: conversationId }) })
  })
  // The worst that a row may meet: a rule it breaks, a limit it exceeds, and a database that is not well.
  await sql`
    create unique index one_text on message ((data->>'text'));
    create function fail_as_told() returns trigger language plpgsql as $$
    begin
      if new.data->>'text' = 'cut' then perform pg_terminate_backend(pg_backend_pid()); end if;
      if new.data->>'text' like 'fail %' then
        raise exception 'as told' using errcode = substr(new.data->>'text', 6);
      end if;
      return new;
    end $$;
    create trigger fail_as_told before insert on message for each row execute function fail_as_told()
  `.execute(db)
})
beforeEach(() => faults.splice(0))
afterEach(() => sql`alter table message enable trigger fail_as_told`.execute(db))

/** A console that writes notes. */
async function aConsole() {
  const replica = anId<ReplicaId>()
  const hello = { proto: 3, protoMin: 1, app: 'test', replica, cursor: null, scopes: [] }
  const met = await introduce(db, { ...hello, lastMid: 0, lastMuid: null }, anna.id)
  if (met === 'foreign') throw new Error('a replica of somebody else')
  let last: { mid: number; muid: MutationId | null } = { mid: 0, muid: null }
  const note = (text: string, given: Partial<PushedMutation> = {}): PushedMutation => {
    const muid = anId<MutationId>()
    const args = { id: anId<MessageId>(), conversationId, text }
    const deed = { mid: last.mid + 1, muid, prev: last.muid, name: 'note.add', args }
    last = deed
    return { ...deed, ep: met.epoch, at: exampleNowMs, ...given }
  }
  return {
    note,
    push: (...muts: PushedMutation[]) =>
      push(parts, { id: replica, userId: anna.id, fence: met.fence }, muts),
    async place() {
      const places = db.selectFrom('replica').select(['lmid', 'lmuid']).where('id', '=', replica)
      return places.executeTakeFirstOrThrow()
    },
    async results() {
      const rows = db.selectFrom('mutation').select('result').where('replica', '=', replica)
      return (await rows.orderBy('mid').execute()).map(({ result }) =>
        result.ok ? 'done' : result.code,
      )
    },
  }
}

async function textsOf(...deeds: PushedMutation[]) {
  const ids = deeds.map(({ args }) => (args as { id: string }).id) // as note() makes them
  const rows = await db.selectFrom('message').select('data').where('id', 'in', ids).execute()
  return rows.map(({ data }) => data.text).sort()
}

test('characters that the database cannot hold are left out of a deed', async () => {
  const seat = await aConsole()
  const deeds = [
    seat.note('a\u0000b'),
    seat.note('halb \ud83d'),
    seat.note('Name', { name: 'x\u0000' }),
  ]
  expect(await seat.push(...deeds)).toBe('done')
  expect(await textsOf(...deeds)).toEqual(['ab', 'halb \ufffd'])
  expect(await seat.results()).toEqual(['done', 'done', 'bad-request'])
  expect(faults).toEqual([])
})

test('a deed whose rows the database does not take is refused, and those around it are done', async () => {
  const seat = await aConsole()
  const tooLong = randomBytes(3000).toString('base64url')
  const deeds = [seat.note('eins'), seat.note('eins'), seat.note(tooLong), seat.note('zwei')]
  expect(await seat.push(...deeds)).toBe('done')
  expect(await seat.results()).toEqual(['done', 'internal', 'internal', 'done'])
  expect(await textsOf(...deeds)).toEqual(['eins', 'zwei'])
  expect(await seat.place()).toEqual({ lmid: 4, lmuid: deeds[3]?.muid })
  expect(faults).toMatchObject([{ code: '23505' }, { code: '54000' }])
  expect(await seat.push(...deeds)).toBe('done')
  expect(await seat.results()).toHaveLength(4)
})

test('a deed that the database cannot do now is refused by nobody, and done when it is pushed again', async () => {
  for (const text of ['fail 53100', 'fail 40001', 'fail 40P01', 'cut']) {
    const seat = await aConsole()
    const deeds = [seat.note(`vor ${text}`), seat.note(text)]
    await expect(seat.push(...deeds), text).rejects.toThrow()
    expect([await seat.place(), await seat.results()], text).toEqual([{ lmid: 0, lmuid: null }, []])
    await sql`alter table message disable trigger fail_as_told`.execute(db)
    expect(await seat.push(...deeds), text).toBe('done')
    expect(await seat.results(), text).toEqual(['done', 'done'])
    await sql`alter table message enable trigger fail_as_told`.execute(db)
  }
  expect(faults).toEqual([])
})

test('what was done more than 90 days ago and comes only now asks the person again', async () => {
  const seat = await aConsole()
  const daysAgo = (days: number) => ({ doneAtMs: exampleNowMs - days * 24 * 3_600_000 })
  const deeds = [seat.note('alt', daysAgo(91)), seat.note('jünger', daysAgo(89))]
  expect(await seat.push(...deeds)).toBe('done')
  expect(await seat.results()).toEqual(['too-old', 'done'])
  expect(await textsOf(...deeds)).toEqual(['jünger'])
})

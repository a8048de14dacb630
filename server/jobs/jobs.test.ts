import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { doerte, inbound, status, statuses, text } from '../../tests/fixtures/bodies.ts'
import { intakeDesk } from '../../tests/fixtures/intake.ts'
import { realPlatform } from '../testing/sender-desk.ts'
import { endWaiting, forgetReplicas, forgetSent, purgeBodies, thinDeeds } from './cleaning.ts'
import { startJobs } from './schedule.ts'

const desk = await intakeDesk()
const { db } = desk
const dayMs = 24 * 60 * 60_000
const later = (days: number) => ({ db, nowMs: () => Date.now() + days * dayMs })
beforeEach(async () => {
  await desk.reset()
  await sql`truncate outbox`.execute(db)
})

test('a body is dropped after thirty days, the call and what became of it stay', async () => {
  await desk.take(inbound(doerte, text('Hallo')), Buffer.from('no JSON'))
  expect(await purgeBodies(later(29))).toBe(0)
  expect(await purgeBodies(later(31))).toBe(2)
  expect(await desk.calls()).toMatchObject([
    { id: 1, state: 'done', body: null },
    { id: 2, state: 'failed', body: null },
  ])
  expect(await desk.outcomes()).toEqual(['stored', 'failed'])
  expect(await purgeBodies(later(31))).toBe(0)
})

test('a body that nobody has understood yet is not dropped', async () => {
  const call = { sha256: '', received_at: new Date(), body: Buffer.from('{}') }
  await db
    .insertInto('webhook_call')
    .values({ ...call, not_before: new Date(Date.now() + dayMs) })
    .execute()
  expect(await purgeBodies(later(31))).toBe(0)
})

test('a call without its body cannot be replayed, and stays as it was', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  await purgeBodies(later(31))
  expect(await desk.intake.replay(1)).toBe(false)
  expect(await desk.calls()).toMatchObject([{ state: 'done', error: null }])
  expect(await desk.outcomes()).toEqual(['stored'])
})

test('more rows than fit into one statement are all done', async () => {
  const calls = Array.from({ length: 1203 }, () => ({
    sha256: '',
    received_at: new Date(),
    body: Buffer.from('{}'),
    state: 'done' as const,
  }))
  await db.insertInto('webhook_call').values(calls).execute()
  expect(await purgeBodies(later(31))).toBe(1203)
})

test('what waited a week for its message waits no longer, and the ledger says why', async () => {
  await desk.take(statuses(status('wamid.NEVER', 'sent')))
  expect(await endWaiting(later(6))).toBe(0)
  expect(await endWaiting(later(8))).toBe(1)
  expect(await desk.parts()).toMatchObject([
    { outcome: 'ignored', reason: 'waited seven days for its message in vain' },
  ])
  expect(await db.selectFrom('parked').selectAll().execute()).toEqual([])
})

test('how a message left is forgotten after thirty days, unless a person has to decide', async () => {
  const row = (id: string, state: 'accepted' | 'failed' | 'uncertain' | 'queued') => ({
    id,
    state,
    kind: 'message' as const,
    number_id: 'n',
    conversation_id: 'c',
    lane: 0,
    ord: 1,
    not_before: new Date(),
    expires_at: new Date(),
    lease_until: null,
    last_error: null,
    wamid: null,
    created_epoch: 'e',
    created_at: new Date(),
  })
  const states = ['accepted', 'failed', 'uncertain', 'queued'] as const
  await db
    .insertInto('outbox')
    .values(states.map((state) => row(state, state)))
    .execute()
  expect(await forgetSent(later(29))).toBe(0)
  expect(await forgetSent(later(31))).toBe(2)
  const left = await db.selectFrom('outbox').select('id').orderBy('id').execute()
  expect(left.map(({ id }) => id)).toEqual(['queued', 'uncertain'])
})

test('of a deed only that it was done is kept after 90 days, and nothing of a replica after 400', async () => {
  const deed = { replica: 'r', args_hash: 'hash', name: 'conversation.assign' }
  const refusal = { ok: false, code: 'conflict', details: { by: 'Cem' } }
  const done = (muid: string, mid: number, result: object) => ({
    ...deed,
    muid,
    mid,
    result: JSON.stringify(result),
  })
  await db
    .insertInto('mutation')
    .values([done('a', 1, { ok: true }), done('b', 2, refusal)])
    .execute()
  await db.insertInto('replica').values({ id: 'r', user_id: 'anna', lmuid: 'b' }).execute()
  const kept = () => db.selectFrom('mutation').selectAll().orderBy('mid').execute()
  expect([await thinDeeds(later(89)), await thinDeeds(later(91))]).toEqual([0, 2])
  expect(await thinDeeds(later(91))).toBe(0)
  expect(await kept()).toMatchObject([
    { muid: 'a', name: '', args_hash: 'hash', result: { ok: true } },
    { muid: 'b', name: '', args_hash: 'hash', result: { ok: false, code: 'conflict' } },
  ])
  expect((await kept())[1]?.result).not.toHaveProperty('details')
  expect([await forgetReplicas(later(399)), await forgetReplicas(later(401))]).toEqual([0, 3])
  expect(await kept()).toEqual([])
})

test('jobs come again and again, never twice at once, and one that fails as well', async () => {
  const faults: unknown[] = []
  const runs = { good: 0, bad: 0, atOnce: 0, most: 0 }
  const jobs = startJobs(
    [
      {
        name: 'good',
        everyMs: 5,
        async run() {
          runs.most = Math.max(runs.most, (runs.atOnce += 1))
          await new Promise((resolve) => setTimeout(resolve, 10))
          runs.atOnce -= 1
          runs.good += 1
        },
      },
      {
        name: 'bad',
        everyMs: 5,
        async run() {
          runs.bad += 1
          throw new Error('today not')
        },
      },
    ],
    { clock: realPlatform, report: (fault) => faults.push(fault) },
  )
  await jobs.runAll()
  await expect.poll(() => Math.min(runs.good, runs.bad)).toBeGreaterThan(2)
  await jobs.stop()
  const { good, bad } = runs
  expect(runs.most).toBe(1)
  expect(faults).toHaveLength(bad)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(runs).toMatchObject({ good, bad, atOnce: 0 })
})

import { beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { doerte, inbound, ourNumber, text } from '../../tests/fixtures/bodies.ts'
import { deskNowMs, intakeDesk } from '../../tests/fixtures/intake.ts'
import { AppError } from '../../core/lib/errors.ts'
import { startHeard } from '../numbers/heard.ts'
import { realPlatform } from '../testing/sender-desk.ts'
import { createAlerts } from './alerts.ts'
import { readAlerts } from './read-alerts.ts'
import { weekMs } from './silence.ts'
import { watchMediaStore, watchMissingMedia } from './watch-media.ts'
import { endSilence, forgetHours, watchSilence, watchStopped } from './watch-numbers.ts'
import { watchBacklog, watchFailed } from './watch-webhooks.ts'

const time = { nowMs: deskNowMs() }
const heardLater = { note: (_number: string, _atMs: number) => {} }
const desk = await intakeDesk({ onHeard: (number, atMs) => heardLater.note(number, atMs) })
const { db } = desk
const nowMs = () => time.nowMs
const alerts = createAlerts({ db, nowMs, onChange: () => undefined })
const parts = { db, alerts, nowMs }
const heard = startHeard({
  db,
  clock: { ...realPlatform, nowMs },
  onHeard: (numbers) => endSilence(parts, numbers),
  report: (error) => desk.troubles.push({ error }),
})
heardLater.note = heard.note

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const kinds = async () => (await readAlerts(db, 'open')).map(({ kind }) => kind)

beforeEach(async () => {
  await desk.reset()
  await sql`truncate alert, number_heard, number_hour, media`.execute(db)
  time.nowMs = deskNowMs()
})

test('a busy number that falls silent raises an alarm, and the next webhook ends it', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  expect(await heard.flush()).toEqual([ourNumber.id])
  const hour = time.nowMs - (time.nowMs % hourMs)
  for (let ago = 0; ago < 14 * 24 + 24; ago += 1) {
    const row = { phone_number_id: ourNumber.id, hour: new Date(hour - ago * hourMs), calls: 60 }
    await db
      .insertInto('number_hour')
      .values(row)
      .onConflict((at) => at.doNothing())
      .execute()
  }
  await watchSilence(parts, 0)
  expect(await kinds()).toEqual([])

  time.nowMs += 30 * 60_000
  await watchSilence(parts, time.nowMs) // a server that just started has not listened yet
  expect(await kinds()).toEqual([])
  await watchSilence(parts, 0)
  const [number] = await desk.numbers()
  expect(await readAlerts(db, 'open')).toMatchObject([
    { kind: 'webhook-silent', subject: number?.id, since: new Date(time.nowMs) },
  ])

  await desk.take(inbound(doerte, text('Noch da?')))
  await heard.flush()
  expect(await kinds()).toEqual([])
})

test('how often a number is called is counted by the hour, a replay of old calls is not', async () => {
  const hour = time.nowMs - (time.nowMs % hourMs)
  heard.note('1', hour + 1)
  heard.note('1', hour + 2)
  heard.note('1', hour - weekMs)
  heard.note('2', hour - weekMs)
  await heard.flush()
  heard.note('1', hour + 3)
  await heard.flush()
  expect(await db.selectFrom('number_hour').selectAll().execute()).toEqual([
    { phone_number_id: '1', hour: new Date(hour), calls: 3 },
  ])
  const last = await db.selectFrom('number_heard').selectAll().orderBy('phone_number_id').execute()
  expect(last.map(({ heard_at }) => heard_at.getTime())).toEqual([hour + 3, hour - weekMs])
  time.nowMs += 17 * dayMs
  await forgetHours(parts)
  expect(await db.selectFrom('number_hour').selectAll().execute()).toEqual([])
})

test('a number whose token was refused raises one alarm until it can send again', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  const [number] = await desk.numbers()
  const put = (health: 'ok' | 'paused') =>
    desk.log.write(async (tx) => {
      const row = (await tx.get('number', number!.id))!
      tx.put({ entity: 'number', row: { ...row, health, healthReason: '190' } })
    })
  await put('paused')
  await watchStopped(parts)
  expect(await readAlerts(db, 'open')).toMatchObject([
    { kind: 'number-stopped', subject: number?.id, details: { health: 'paused', reason: '190' } },
  ])
  await put('ok')
  await watchStopped(parts)
  expect(await kinds()).toEqual([])
})

test('calls that were put aside raise an alarm until they are replayed with success', async () => {
  await desk.take(Buffer.from('no JSON'))
  await watchFailed(parts)
  expect(await kinds()).toEqual(['webhook-failed'])
  await db
    .updateTable('webhook_call')
    .set({ body: Buffer.from(JSON.stringify(inbound(doerte, text('Hallo')))) })
    .execute()
  await desk.intake.replay(1)
  await watchFailed(parts)
  expect(await kinds()).toEqual([])
})

test('calls that wait for minutes raise an alarm until they are understood', async () => {
  const call = {
    sha256: '',
    received_at: new Date(time.nowMs - 6 * 60_000),
    body: Buffer.from(JSON.stringify(inbound(doerte, text('Hallo')))),
    not_before: new Date(time.nowMs + hourMs),
  }
  await db.insertInto('webhook_call').values(call).execute()
  await watchBacklog(parts)
  expect(await kinds()).toEqual(['webhook-behind'])
  await db.updateTable('webhook_call').set({ not_before: null }).execute()
  await desk.intake.idle()
  await watchBacklog(parts)
  expect(await kinds()).toEqual([])
})

test('files that are not here after a day, or were given up, raise an alarm for their number', async () => {
  const row = (id: string, more: object) => ({
    id,
    number_id: 'n',
    meta_media_id: id,
    claimed_sha256: null,
    sha256: null,
    mime: 'image/jpeg',
    size_bytes: null,
    file_name: null,
    width: null,
    height: null,
    state: 'pending' as const,
    next_try_at: null,
    last_error: 'unavailable',
    created_at: new Date(time.nowMs - hourMs),
    ...more,
  })
  const large = {
    state: 'failed' as const,
    last_error: 'too-large',
    ended_at: new Date(time.nowMs),
  }
  await db
    .insertInto('media')
    .values([row('young', {}), row('large', large)])
    .execute()
  await watchMissingMedia(parts)
  expect(await kinds()).toEqual([])
  const old = { created_at: new Date(time.nowMs - dayMs - 1) }
  const gone = { state: 'failed' as const, ended_at: new Date(time.nowMs) }
  await db
    .insertInto('media')
    .values([row('old', old), row('gone', gone)])
    .execute()
  await watchMissingMedia(parts)
  expect(await readAlerts(db, 'open')).toMatchObject([
    { kind: 'media-missing', subject: 'n', details: { files: 2, lastError: 'unavailable' } },
  ])
  await db
    .updateTable('media')
    .set({ state: 'ready' })
    .where('id', 'in', ['young', 'old'])
    .execute()
  time.nowMs += dayMs + 1
  await watchMissingMedia(parts)
  expect(await kinds()).toEqual([])
})

test('a media store that is away raises an alarm until it is back', async () => {
  const away = () => Promise.reject(new AppError('unavailable', 'away'))
  await watchMediaStore(parts, { sizeOf: away })
  expect(await kinds()).toEqual(['media-store-away'])
  await watchMediaStore(parts, { sizeOf: async () => undefined })
  expect(await kinds()).toEqual([])
})

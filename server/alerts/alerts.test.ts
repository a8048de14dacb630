import { beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testDatabase } from '../testing/database.ts'
import { createAlerts, type AlertChange } from './alerts.ts'
import { readAlerts } from './read-alerts.ts'

const { db } = await testDatabase()
const time = { nowMs: Date.UTC(2026, 10, 24, 10) }
const changes: AlertChange[] = []
const alerts = createAlerts({
  db,
  nowMs: () => time.nowMs,
  onChange: (change) => changes.push(change),
})
beforeEach(async () => {
  await sql`truncate alert`.execute(db)
  changes.length = 0
})

test('what is wrong is said once, however often it is found, and keeps its beginning', async () => {
  const began = new Date(time.nowMs)
  await alerts.settle('webhook-silent', [{ subject: 'a' }])
  time.nowMs += 60_000
  await alerts.settle('webhook-silent', [{ subject: 'a', details: { files: 2 } }, { subject: 'b' }])
  await alerts.settle('webhook-silent', [{ subject: 'a', details: { files: 3 } }, { subject: 'b' }])
  expect(changes.map(({ subject, isRaised }) => [subject, isRaised])).toEqual([
    ['a', true],
    ['b', true],
  ])
  expect(await readAlerts(db, 'open')).toMatchObject([
    { subject: 'b', details: {} },
    { subject: 'a', since: began, details: { files: 3 } },
  ])
})

test('what is not found any more is over by itself, and may come back', async () => {
  await alerts.settle('media-missing', [{ subject: 'a' }, { subject: 'b' }])
  await alerts.settle('webhook-failed', [{ subject: '' }])
  await alerts.settle('media-missing', [{ subject: 'b' }])
  await alerts.settle('media-missing', [{ subject: 'b' }])
  expect(changes.filter(({ isRaised }) => !isRaised)).toMatchObject([
    { kind: 'media-missing', subject: 'a' },
  ])
  expect(await alerts.count()).toEqual(
    new Map([
      ['media-missing', 1],
      ['webhook-failed', 1],
    ]),
  )
  time.nowMs += 60_000
  await alerts.settle('media-missing', [{ subject: 'a' }, { subject: 'b' }])
  const [back] = await readAlerts(db, 'open')
  expect(back).toMatchObject({ subject: 'a', since: new Date(time.nowMs), cleared_at: null })
  expect(await readAlerts(db, 'all')).toHaveLength(3)
})

test('clearing what is not up says nothing', async () => {
  await alerts.settle('webhook-silent', [{ subject: 'a' }])
  await alerts.clear('webhook-silent', ['a', 'b'])
  await alerts.clear('webhook-silent', ['a'])
  expect(changes.map(({ isRaised }) => isRaised)).toEqual([true, false])
})

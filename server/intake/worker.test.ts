import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { compareShown } from '../../core/domain/message.ts'
import {
  ayse,
  baseSeconds,
  body,
  change,
  doerte,
  failure,
  inbound,
  message,
  status,
  statuses,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk } from '../../tests/fixtures/intake.ts'
import { clock } from '../clock.ts'
import { createLog } from '../log/log.ts'
import { createKeep } from './keep.ts'
import { drainParked } from './parked.ts'
import { startIntake } from './worker.ts'

/** A file whose meta id is this cannot be remembered: the call that brings it is poison. */
const poison = 'poison'
const desk = await intakeDesk({
  onMedia: async (_tx, files) => {
    if (files.some(({ metaMediaId }) => metaMediaId === poison)) throw new Error('cannot be kept')
  },
})
beforeEach(() => desk.reset())

test('twenty texts in a second, shuffled, understood by two workers, are one thread in order', async () => {
  const log = createLog(desk.db, { nowMs: () => clock.nowMs(), beforeCommit: [drainParked] })
  const second = startIntake({ db: desk.db, log, clock, onMedia: async () => undefined })
  const texts = Array.from({ length: 20 }, (_, index) =>
    inbound(doerte, text(`${index}`), { timestamp: String(baseSeconds + Math.floor(index / 10)) }),
  )
  const shuffled = fc.sample(fc.shuffledSubarray(texts, { minLength: 20 }), 1)[0] ?? []
  await Promise.all(shuffled.map((value) => desk.post(value).then(() => second.wake())))
  await Promise.all([desk.intake.idle(), second.idle()])
  await second.stop()
  const rows = await desk.messages()
  expect(rows).toHaveLength(20)
  expect((await desk.conversations()).map(({ inboundCount }) => inboundCount)).toEqual([20])
  expect(new Set(rows.map(({ ord }) => ord)).size).toBe(20)
  const shown = rows.sort(compareShown).map(({ text: words }) => Number(words) >= 10)
  expect(shown).toEqual([...Array<boolean>(10).fill(false), ...Array<boolean>(10).fill(true)])
})

test('a call that cannot be folded is put aside after five tries, and the line goes on', async () => {
  const bad = inbound(ayse, { type: 'image', image: { id: poison } })
  await desk.take(inbound(doerte, text('1')), bad, inbound(doerte, text('2')))
  expect((await desk.messages()).map((row) => row.text)).toEqual(['1', '2'])
  const failed = async () => (await desk.calls()).find(({ attempts }) => attempts > 0)
  await expect.poll(failed, { timeout: 20_000 }).toMatchObject({ state: 'failed', attempts: 5 })
  expect((await desk.parts()).filter(({ outcome }) => outcome === 'failed')).toMatchObject([
    { kind: 'body', reason: 'could not be folded in 5 tries: cannot be kept' },
  ])
  expect(desk.troubles).toHaveLength(5)
})

test('what a kill left unread is read at the next start', async () => {
  const killed = await intakeDesk()
  await killed.intake.stop()
  for (const words of ['1', '2']) await killed.post(inbound(doerte, text(words)))
  expect(await killed.messages()).toEqual([])
  const { db, log } = killed
  const noTimer = { ...clock, after: () => () => undefined }
  const next = startIntake({ db, log, clock: noTimer, onMedia: async () => undefined })
  await expect.poll(async () => (await killed.messages()).length).toBe(2)
  await next.stop()
})

test('calls that come together share commits; each is kept before it is answered', async () => {
  const { rows } = await sql<{ before: number }>`select txid_current()::bigint as before`.execute(
    desk.db,
  )
  const keep = createKeep({ db: desk.db, nowMs: () => clock.nowMs(), onKept: () => undefined })
  const bytes = Array.from({ length: 120 }, (_, index) => Buffer.from(`{"entry":[],"n":${index}}`))
  await Promise.all(bytes.map((one) => keep(one)))
  const kept = await sql<{ calls: number; commits: number }>`
    select count(*)::int as calls, count(distinct xmin::text)::int as commits from webhook_call
  `.execute(desk.db)
  expect(kept.rows).toEqual([{ calls: 120, commits: 2 }])
  expect(rows).toHaveLength(1)
})

test('replaying any range of calls, any number of times, changes nothing', async () => {
  await desk.sent({ wamid: 'wamid.OURS' })
  const at = (second: number) => ({ timestamp: String(baseSeconds + second) })
  const react = (emoji: string, second: number) =>
    inbound(doerte, { type: 'reaction', reaction: { message_id: 'wamid.T', emoji } }, at(second))
  const edit = (words: string, second: number) =>
    inbound(
      doerte,
      { type: 'edit', edit: { original_message_id: 'wamid.T', message: text(words) } },
      at(second),
    )
  await desk.take(
    statuses(status('wamid.OURS', 'read'), status('wamid.LATER', 'sent')),
    inbound(doerte, text('1'), { id: 'wamid.T' }),
    react('👍', 1),
    edit('2', 2),
    inbound({ ...doerte, name: 'Dörte' }, text('3'), at(3)),
    react('', 4),
    edit('4', 5),
    statuses(status('wamid.OURS', 'failed', failure(190, 'Token expired'))),
    inbound(
      { ...doerte, name: 'D.' },
      { type: 'revoke', revoke: { original_message_id: 'wamid.X' } },
    ),
    body(change('messages', { messages: [message(ayse, text('5')), message(ayse, text('6'))] })),
  )
  const rows = async () => [
    await desk.messages(),
    await desk.conversations(),
    await desk.contacts(),
    await desk.numbers(),
    await desk.db.selectFrom('contact_alias').selectAll().orderBy('value').execute(),
    await desk.db.selectFrom('parked').selectAll().orderBy('id').execute(),
    await desk.parts(),
  ]
  const before = await rows()
  const ids = (await desk.calls()).map(({ id }) => id)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...ids), { maxLength: 12 }), async (again) => {
      for (const id of again) await desk.intake.replay(id)
      expect(await rows()).toEqual(before)
    }),
    { numRuns: 8 },
  )
})

test('reports of one message in any order and split over any calls end the same', async () => {
  const steps = ['sent', 'delivered', 'read'].map((word, index) => ({
    ...status('', word),
    timestamp: String(baseSeconds + index),
  }))
  let count = 0
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...steps, ...steps], { minLength: 6 }),
      fc.boolean(),
      async (shuffled, isTogether) => {
        const wamid = `wamid.ANY${(count += 1)}`
        const ours = await desk.sent({ wamid })
        const items = shuffled.map((item) => ({ ...item, id: wamid }))
        await desk.take(
          ...(isTogether ? [statuses(...items)] : items.map((item) => statuses(item))),
        )
        const row = (await desk.messages()).find(({ id }) => id === ours.id)
        expect(row?.status).toBe('read')
        expect(row?.statusAt).toEqual({
          ...ours.statusAt,
          sent: baseSeconds * 1000,
          delivered: (baseSeconds + 1) * 1000,
          read: (baseSeconds + 2) * 1000,
        })
      },
    ),
    { numRuns: 8 },
  )
})

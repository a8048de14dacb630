import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aReply, exampleNowMs } from '../../core/testing/examples.ts'
import { withReport, type Report } from './status.ts'

const at = (second: number) => exampleNowMs + second * 1000
const sent: Report = { wamid: 'wamid.1', status: 'sent', atMs: at(1) }
const delivered: Report = { wamid: 'wamid.1', status: 'delivered', atMs: at(2) }
const read: Report = { wamid: 'wamid.1', status: 'read', atMs: at(3) }
const failed: Report = {
  wamid: 'wamid.1',
  status: 'failed',
  atMs: at(2),
  error: { code: 131026, title: 'Message undeliverable' },
}
const waiting = aReply({ status: 'accepted', wamid: 'wamid.1' })
const fold = (reports: readonly Report[], from = waiting) => reports.reduce(withReport, from)

test('newest first ends like oldest first, with every time', () => {
  const { status, statusAt } = fold([read, delivered, sent])
  expect(status).toBe('read')
  expect(statusAt).toEqual({ queued: exampleNowMs, sent: at(1), delivered: at(2), read: at(3) })
})

test('read proves delivered; the real time takes its place when it comes', () => {
  expect(fold([read]).statusAt).toMatchObject({ delivered: at(3), read: at(3) })
  expect(fold([read, delivered]).statusAt.delivered).toBe(at(2))
})

test('a voice message that was played counts as read', () => {
  const played = fold([{ ...read, isPlayed: true }])
  expect(played.status).toBe('read')
  expect(played.statusAt.played).toBe(at(3))
})

test('a failure says why, until WhatsApp proves the opposite', () => {
  expect(fold([sent, failed])).toMatchObject({ status: 'failed', error: { code: 131026 } })
  const proven = fold([failed, delivered])
  expect(proven.status).toBe('delivered')
  expect(proven.error).toBeUndefined()
})

test('a report gives the wamid that the lost answer would have given', () => {
  const { wamid: _unknown, ...rest } = waiting
  expect(fold([sent], { ...rest, status: 'uncertain' })).toMatchObject({
    status: 'sent',
    wamid: 'wamid.1',
  })
})

test('a report that says nothing new gives back the same message', () => {
  const now = fold([sent, delivered])
  expect(withReport(now, sent)).toBe(now)
  expect(withReport(now, delivered)).toBe(now)
})

test('any order and repetition of reports ends the same', () => {
  const price = fc.record({
    category: fc.constantFrom('service', 'utility'),
    billable: fc.boolean(),
  })
  const common = { wamid: fc.constant('wamid.1'), atMs: fc.integer({ min: at(0), max: at(9) }) }
  const step = fc.record(
    {
      ...common,
      status: fc.constantFrom('sent' as const, 'delivered' as const, 'read' as const),
      isPlayed: fc.boolean(),
      price,
    },
    { requiredKeys: ['wamid', 'status', 'atMs'] },
  )
  const failure = fc.record({
    ...common,
    status: fc.constant('failed' as const),
    error: fc.record({ code: fc.integer({ min: 1, max: 3 }), title: fc.constant('no') }),
  })
  const report = fc.oneof(step, failure)
  const schedule = fc
    .array(report, { minLength: 1, maxLength: 6 })
    .chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }),
      ),
    )
  fc.assert(
    fc.property(schedule, ([reports, shuffled]) => {
      expect(fold(shuffled)).toEqual(fold(reports))
    }),
    { numRuns: 2000 },
  )
})

import { expect, test } from 'vitest'
import { aMessage, aReply, exampleNowMs } from '../../core/testing/examples.ts'
import { endsLateRun, lateAbove, rowsOf } from './rows.ts'

const minuteMs = 60_000
const at = (minutes: number) => ({
  sentAtMs: exampleNowMs + minutes * minuteMs,
  receivedAtMs: exampleNowMs + minutes * minuteMs,
})

test('one speaker’s messages stand together for five minutes, on one day', () => {
  const messages = [
    aMessage(at(0)),
    aMessage(at(5)),
    aMessage(at(11)),
    aReply(at(12)),
    aReply({ ...at(12), author: { kind: 'agent', id: 'other', name: 'Cem' } }),
    aMessage(at(24 * 60)),
  ]
  expect(
    rowsOf(messages, null).map((row) => ('startsGroup' in row ? row.startsGroup : row.kind)),
  ).toEqual(['day', true, false, true, true, true, 'day', true])
})

test('the unread line begins a group, notes and events are rows of their own, reactions are none', () => {
  const unread = aMessage(at(1))
  const messages = [
    aMessage(at(0)),
    unread,
    aReply({ ...at(2), direction: 'note', type: 'note' }),
    aReply({ ...at(3), direction: 'system', type: 'activity' }),
    aMessage({ ...at(4), type: 'reaction' }),
  ]
  const rows = rowsOf(messages, unread.id)
  expect(rows.map((row) => row.kind)).toEqual([
    'day',
    'bubble',
    'unread',
    'bubble',
    'note',
    'activity',
  ])
  expect(rows[3]).toMatchObject({ startsGroup: true })
})

test('a message that came late stands above what was read and is named', () => {
  const late = aMessage({ ...at(0), ord: 3, receivedAtMs: exampleNowMs + 9 * minuteMs })
  const messages = [aMessage({ ...at(-1), ord: 1 }), late, aReply({ ...at(2), ord: 2 })]
  expect(lateAbove(messages)).toEqual([late])
  expect(lateAbove([...messages.slice(0, 1), { ...late, isHistory: true }, messages[2]!])).toEqual(
    [],
  )
  expect(lateAbove([messages[0]!, messages[2]!, late])).toEqual([])
})

test('a run of messages that arrived late together says so once, under the last', () => {
  const late = (sentAtMs: number) => aMessage({ sentAtMs, receivedAtMs: exampleNowMs })
  const messages = [late(exampleNowMs - 900_000), late(exampleNowMs - 600_000), aMessage()]
  const rows = rowsOf(messages, null).filter(({ kind }) => kind === 'bubble')
  expect(rows.map((_row, index) => endsLateRun(rows, index))).toEqual([false, true, false])
})

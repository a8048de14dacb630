import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MutationId, ReplicaId } from '../domain/ids.ts'
import { anId } from '../testing/examples.ts'
import { nextWaitMs } from './backoff.ts'
import { Outbox } from './outbox.ts'
import { FrameAssembler, fits } from './pull.ts'
import { serverUrlFrom } from './server-api.ts'
import type { FrameRecord } from './records.ts'

const begin = { f: 7, from: null, lmid: 3, lmuid: null, scopes: ['ws'] }
const end = { f: 7, cursor: { epoch: 'e', seq: { '0': 9 } }, results: [] }

test('a frame in pieces is the same as in one', () => {
  const inPieces = new FrameAssembler()
  expect(inPieces.take(['frame+', begin])).toBeNull()
  expect(inPieces.take(['part', { f: 7, put: [['team', 1, {}]], del: [] }])).toBeNull()
  const { f: _f, ...whole } = { ...begin, ...end, put: [['team', 1, {}]], del: [] }
  expect(inPieces.take(['frame-', end])).toEqual(whole)
})

test('pieces of different frames are never mixed', () => {
  const frames = new FrameAssembler()
  frames.take(['frame+', begin])
  expect(frames.take(['part', { f: 8, put: [], del: [] }])).toBe('out-of-order')
  frames.reset()
  expect(frames.take(['frame-', end])).toBe('out-of-order')
})

test('a frame fits only where it goes on from', () => {
  const frame = (seq: number | null): FrameRecord => ({
    ...end,
    lmid: 0,
    lmuid: null,
    scopes: [],
    put: [],
    del: [],
    from: seq === null ? null : { epoch: 'e', seq: { '0': seq } },
  })
  expect(fits(frame(null), null)).toBe(true)
  expect(fits(frame(4), { epoch: 'e', seq: { '0': 4 } })).toBe(true)
  expect(fits(frame(4), { epoch: 'e', seq: { '0': 5 } })).toBe(false)
  expect(fits(frame(4), { epoch: 'x', seq: { '0': 4 } })).toBe(false)
  expect(fits(frame(4), null)).toBe(false)
})

test('waits between tries stay between half a second and half a minute', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 2, maxLength: 40 }),
      (draws) => {
        let waitMs: number | null = null
        for (const [index, draw] of draws.entries()) {
          waitMs = nextWaitMs(waitMs, draw)
          expect(waitMs).toBeLessThanOrEqual(30_000)
          expect(waitMs).toBeGreaterThanOrEqual(index === 0 ? 0 : 500)
        }
      },
    ),
  )
})

test('a push is a hundred deeds or a quarter of a megabyte, and always one', () => {
  const outbox = new Outbox(anId<ReplicaId>())
  const add = (text: string) =>
    outbox.add({
      mid: outbox.nextMid,
      muid: anId<MutationId>(),
      prev: outbox.last.muid,
      name: 'note.add',
      args: { text },
      ep: 'e',
      at: 0,
    })
  for (let count = 0; count < 101; count += 1) add('你'.repeat(4000))
  const bytes = Buffer.byteLength(JSON.stringify(outbox.batch(0)))
  expect(bytes).toBeGreaterThan(240 * 1024)
  expect(bytes).toBeLessThan(257 * 1024)
  expect(outbox.batch(7)[0]?.mid).toBe(8)
  add('x'.repeat(300 * 1024))
  expect(outbox.batch(101).map(({ mid }) => mid)).toEqual([102])
  for (let count = 0; count < 101; count += 1) add('kurz')
  expect(outbox.batch(102)).toHaveLength(100)
})

test('a server address may be typed as people type it', () => {
  expect(serverUrlFrom(' kontor.firma.de/ ')).toBe('https://kontor.firma.de')
  expect(serverUrlFrom('HTTPS://Kontor.Firma.de:8443')).toBe('https://kontor.firma.de:8443')
  expect(serverUrlFrom('localhost:4380')).toBe('http://localhost:4380')
  expect(serverUrlFrom('http://127.0.0.1:4380')).toBe('http://127.0.0.1:4380')
  expect(() => serverUrlFrom('http://kontor.firma.de')).toThrow('needs https')
  expect(() => serverUrlFrom('javascript:alert(1)')).toThrow('not a server address')
  expect(() => serverUrlFrom('https://kontor.firma.de@evil.example')).toThrow(
    'not a server address',
  )
})

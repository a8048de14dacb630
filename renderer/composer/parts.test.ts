import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accept } from './accept.ts'
import { ago } from './ago.ts'
import { emoji, findEmoji } from './emoji.ts'
import { replyWindow } from './reply-window.ts'
import { wrapSelection } from './wrap.ts'

const megabyte = 1_000_000
const minuteMs = 60_000

test.each([
  ['foto.jpg', 'image/jpeg', 5 * megabyte, { ok: true, kind: 'image', mime: 'image/jpeg' }],
  [
    'foto.jpg',
    'image/jpeg',
    5 * megabyte + 1,
    { ok: false, reason: 'too-large', kind: 'image', limitBytes: 5 * megabyte },
  ],
  [
    'film.mp4',
    'video/mp4',
    17 * megabyte,
    { ok: false, reason: 'too-large', kind: 'video', limitBytes: 16 * megabyte },
  ],
  [
    'ton.ogg',
    'audio/ogg; codecs=opus',
    100,
    { ok: true, kind: 'audio', mime: 'audio/ogg; codecs=opus' },
  ],
  ['plan.PDF', '', 100 * megabyte, { ok: true, kind: 'document', mime: 'application/pdf' }],
  ['bild.gif', 'image/gif', 100, { ok: false, reason: 'unsupported-media' }],
  ['prog.exe', '', 100, { ok: false, reason: 'unsupported-media' }],
  ['leer.pdf', 'application/pdf', 0, { ok: false, reason: 'empty' }],
])('%s (%s, %d bytes) is judged before it is uploaded', (name, type, size, verdict) => {
  expect(accept({ name, type, size })).toEqual(verdict)
})

test.each([
  [null, 'closed'],
  [0, 'closed'],
  [1, 'ending'],
  [30 * minuteMs, 'ending'],
  [30 * minuteMs + 1, 'soon'],
  [240 * minuteMs, 'soon'],
  [240 * minuteMs + 1, 'open'],
])('with %s ms left the reply window is %s', (left, level) => {
  const nowMs = 1_000_000_000_000
  expect(replyWindow(left === null ? null : nowMs + left, nowMs).level).toBe(level)
})

test('a marker goes around the selection without its spaces, and comes off again', () => {
  const once = wrapSelection({ text: 'so heute ja', start: 2, end: 9 }, '*')
  expect(once).toEqual({ text: 'so *heute* ja', start: 4, end: 9 })
  expect(wrapSelection(once, '*')).toEqual({ text: 'so heute ja', start: 3, end: 8 })
})

test('wrapping twice is as if nothing had been done to the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(40), fc.nat(40), (text, a, b) => {
      fc.pre(!text.includes('*'))
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]
      const once = wrapSelection({ text, start: start, end: end }, '*')
      expect(wrapSelection(once, '*').text).toBe(text)
    }),
  )
})

test('emoji are found by German and English words, without umlauts too', () => {
  expect(findEmoji('paket')).toContain('📦')
  expect(findEmoji('parcel')).toContain('📦')
  expect(findEmoji('fruhling')).toEqual([])
  expect(findEmoji('schlussel')).toContain('🔑')
  expect(findEmoji('')).toHaveLength(emoji.length)
  expect(new Set(findEmoji('')).size).toBe(emoji.length)
})

test('how long ago is told in the largest whole unit', () => {
  expect(ago(0, 8_400)).toBe('vor 8 Sekunden')
  expect(ago(0, 3 * minuteMs)).toBe('vor 3 Minuten')
  expect(ago(10_000, 0)).toBe('vor 1 Sekunde')
})

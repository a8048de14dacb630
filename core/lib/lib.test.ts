import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shorten, storable, storableJson, utf8Bytes } from './text.ts'
import { uuidV7 } from './uuid.ts'

test('an id carries its time, version and variant', () => {
  const id = uuidV7(Date.UTC(2026, 10, 23), new Uint8Array(10).fill(0xff))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7fff-bfff-ffffffffffff$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 23))
})

test('text that a database refuses is mended, everything else stays', () => {
  expect(storable('a\u0000b\ud800c')).toBe('ab\ufffdc')
  expect(storableJson({ 'k\u0000': ['x\u0000', 1, null] })).toEqual({ k: ['x', 1, null] })
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      (text) => storable(text) === text.replaceAll('\u0000', ''),
    ),
  )
})

test('shortening never cuts a character in two', () => {
  expect(shorten('👍👍👍', 4)).toBe('👍…')
  expect(shorten('kurz', 4)).toBe('kurz')
})

test('the bytes of a text are those of its UTF-8', () => {
  for (const text of ['', 'Tür', 'größer als 你好', '👩‍💻 \u0000', 'halb \ud83d'])
    expect(utf8Bytes(text)).toBe(Buffer.byteLength(text))
})

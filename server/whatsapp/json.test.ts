import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBody } from './json.ts'

const parse = (text: string) => parseBody(Buffer.from(text))

test('reads what JSON.parse reads', () => {
  const isHeld = (value: unknown) => !/\d{16}/.test(JSON.stringify(value))
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }).filter(isHeld), (value) => {
      const text = JSON.stringify(value)
      expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
    }),
  )
})

test('keeps integers that a number cannot hold as text, and leaves text alone', () => {
  const text =
    '{"id":16890000000000012345,"small":-9007199254740991,"text":"id 16890000000000012345","x":1.5e20}'
  expect(parse(text)).toEqual({
    ok: true,
    value: {
      id: '16890000000000012345',
      small: -9007199254740991,
      text: 'id 16890000000000012345',
      x: 1.5e20,
    },
  })
})

test('refuses a body nested a hundred thousand deep without falling over', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(parse(deep)).toEqual({ ok: false, reason: 'nested deeper than 64 levels' })
  expect(parse('{"a":'.repeat(100_000))).toMatchObject({ ok: false })
})

test('brackets inside text do not count as nesting', () => {
  expect(parse(JSON.stringify(`"${'[{'.repeat(1000)}\\`))).toMatchObject({ ok: true })
})

test.each(['', '   ', '{"entry":[', 'entry=1', '{"a":"\u0000"}', '\u0000', '{"a":tru}'])(
  'says that %j is no JSON, and quotes nothing of it',
  (text) => {
    const parsed = parse(text)
    expect(parsed.ok).toBe(false)
    expect(JSON.stringify(parsed)).not.toContain('entry')
  },
)

test('any bytes are read or refused, never thrown on', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(typeof parseBody(bytes).ok).toBe('boolean')
    }),
  )
})

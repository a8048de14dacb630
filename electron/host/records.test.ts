import { expect, test } from 'vitest'
import { createRandom } from '../../simulator/world/random.ts'
import { crc32c } from './crc32c.ts'
import { encodeRecord, scanRecords } from './records.ts'

const asIs = (payload: Buffer) => payload
const jsonOf = (value: unknown) => Buffer.from(JSON.stringify(value))

/** A journal of these records, one behind the other. */
function journal(values: readonly unknown[], before: Buffer = Buffer.alloc(0)): Buffer {
  return values.reduce<Buffer>(
    (bytes, value) => Buffer.concat([bytes, encodeRecord(jsonOf(value), bytes.length)]),
    before,
  )
}

/** The same as the first releases wrote it: length and checksum, nothing else. */
function oldJournal(values: readonly unknown[]): Buffer {
  return Buffer.concat(
    values.flatMap((value) => {
      const payload = jsonOf(value)
      const head = Buffer.alloc(8)
      head.writeUInt32LE(payload.length, 0)
      head.writeUInt32LE(crc32c(payload), 4)
      return [head, payload]
    }),
  )
}

/** Bytes as a sealed record has them. */
function noise(sizeBytes: number): Buffer {
  const random = createRandom(7)
  const bytes = Buffer.alloc(sizeBytes)
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = random.below(256)
  return bytes
}

/** In every eighth place a length that still fits into the file: what a tail can have worst. */
function traps(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes)
  for (let at = 0; at + 8 <= sizeBytes; at += 8) {
    bytes.writeUInt32LE(Math.max(1, (sizeBytes - at) >> 1), at)
    bytes.writeUInt32LE(1, at + 4)
  }
  return bytes
}

test('what journals held before each record had a mark is read, and goes on with new ones', () => {
  const old = oldJournal(['a', { b: 'Grüße' }])
  expect(scanRecords(old, asIs)).toMatchObject({ records: ['a', { b: 'Grüße' }], damagedAt: null })
  const grown = journal(['c', 'd'], old)
  expect(scanRecords(grown, asIs)).toMatchObject({
    records: ['a', { b: 'Grüße' }, 'c', 'd'],
    endBytes: grown.length,
    damagedAt: null,
  })
})

test('behind a bad old record the good ones are found, old and new', () => {
  const old = oldJournal(['first', 'spoilt', 'third'])
  const begin = oldJournal(['first']).length
  const grown = journal(['fourth'], old)
  for (const bytes of [old, grown]) bytes[begin + 9] = 0
  expect(scanRecords(old, asIs)).toMatchObject({ records: ['first', 'third'], damagedAt: begin })
  expect(scanRecords(grown, asIs)).toMatchObject({
    records: ['first', 'third', 'fourth'],
    damagedAt: begin,
  })
})

test('a record that was copied to another place is none', () => {
  const one = journal(['one'])
  expect(scanRecords(Buffer.concat([one, one]), asIs)).toMatchObject({
    records: ['one'],
    endBytes: one.length,
  })
})

test.each([
  ['of noise', noise],
  ['of traps', traps],
])('a torn tail %s costs no sums behind records with a mark', (_, tail) => {
  const whole = journal(['a', 'b'])
  const scan = scanRecords(Buffer.concat([whole, tail(3_000_000)]), asIs)
  expect(scan).toMatchObject({ records: ['a', 'b'], endBytes: whole.length, wastedBytes: 0 })
})

test('a record that is half there is summed up once', () => {
  const whole = journal(['a'])
  const large = journal(['a', 'x'.repeat(3_000_000)])
  large.fill(0, whole.length + 1_000_000)
  const { records, wastedBytes } = scanRecords(large, asIs)
  expect(records).toEqual(['a'])
  expect(wastedBytes).toBeLessThan(large.length)
})

test.each([
  ['noise', noise(3_000_000)],
  ['traps', traps(400_000)],
])('an old torn tail of %s costs a few times its size, not its square', (_, tail) => {
  const old = oldJournal(['a', 'b'])
  const bytes = Buffer.concat([old, tail])
  const { records, wastedBytes } = scanRecords(bytes, asIs)
  expect(records).toEqual(['a', 'b'])
  expect(wastedBytes).toBeLessThan(10 * bytes.length)
})

test('good old records behind a large bad one are found for all that', () => {
  const bad = oldJournal(['x'.repeat(1_000_000)])
  noise(bad.length).copy(bad)
  const bytes = Buffer.concat([oldJournal(['a']), bad, oldJournal(['b', 'c'])])
  expect(scanRecords(bytes, asIs).records).toEqual(['a', 'b', 'c'])
})

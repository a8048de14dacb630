import { crc32c } from './crc32c.ts'

/** length u32, crc32c u32, both little-endian; then the record as JSON in UTF-8. */
const HEAD_BYTES = 8

/** What a journal's bytes hold. */
export type Scan = {
  /** Every whole record, oldest first, also those behind a damaged stretch. */
  records: unknown[]
  /** Where the last whole record ends: what follows is a torn tail. */
  endBytes: number
  /** Where the first unreadable stretch begins that has whole records behind it. */
  damagedAt: number | null
}

export function encodeRecord(json: string): Buffer {
  const length = Buffer.byteLength(json)
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + length)
  bytes.writeUInt32LE(length, 0)
  bytes.write(json, HEAD_BYTES)
  bytes.writeUInt32LE(crc32c(bytes.subarray(HEAD_BYTES)), 4)
  return bytes
}

/** Reads all that can be read. Behind a bad record it looks for the next good one byte by byte. */
export function scanRecords(bytes: Buffer): Scan {
  const scan: Scan = { records: [], endBytes: 0, damagedAt: null }
  let at = 0
  while (at + HEAD_BYTES < bytes.length) {
    const record = recordAt(bytes, at)
    if (record === null) {
      at += 1
      continue
    }
    if (at > scan.endBytes) scan.damagedAt ??= scan.endBytes
    scan.records.push(record.value)
    at += HEAD_BYTES + record.length
    scan.endBytes = at
  }
  return scan
}

/**
 * The whole record that begins here, if one does. No JSON text is empty, which keeps a stretch of zeros from passing
 * as records; and no JSON text holds a zero byte, which keeps text from passing as a head.
 */
function recordAt(bytes: Buffer, at: number): { value: unknown; length: number } | null {
  const length = bytes.readUInt32LE(at)
  if (length > bytes.length - at - HEAD_BYTES) return null
  const payload = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
  if (crc32c(payload) !== bytes.readUInt32LE(at + 4)) return null
  try {
    return { value: JSON.parse(payload.toString('utf8')), length }
  } catch {
    return null
  }
}

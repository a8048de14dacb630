import { crc32c } from './crc32c.ts'

/** length u32, crc32c u32, both little-endian; then the payload: the record as JSON in UTF-8, sealed or not. */
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

/** Makes a payload readable; null when it is none of this journal's at this place. */
export type OpenPayload = (payload: Buffer, at: number) => Buffer | null

export function encodeRecord(payload: Buffer): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  head.writeUInt32LE(payload.length, 0)
  head.writeUInt32LE(crc32c(payload), 4)
  return Buffer.concat([head, payload])
}

/** Reads all that can be read. Behind a bad record it looks for the next good one byte by byte. */
export function scanRecords(bytes: Buffer, open: OpenPayload): Scan {
  const scan: Scan = { records: [], endBytes: 0, damagedAt: null }
  let at = 0
  while (at + HEAD_BYTES < bytes.length) {
    const record = recordAt(bytes, at, open)
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
function recordAt(
  bytes: Buffer,
  at: number,
  open: OpenPayload,
): { value: unknown; length: number } | null {
  const length = bytes.readUInt32LE(at)
  if (length > bytes.length - at - HEAD_BYTES) return null
  const payload = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
  if (crc32c(payload) !== bytes.readUInt32LE(at + 4)) return null
  const json = open(payload, at)
  if (json === null) return null
  try {
    return { value: JSON.parse(json.toString('utf8')), length }
  } catch {
    return null
  }
}

import { crc32c } from './crc32c.ts'

/** What stands before a record's payload: where that lies, and what its bytes must sum up to. */
export type Head = { from: number; length: number; sum: number }

/** In no UTF-8 text, and larger than any journal: it can be taken neither for a record's words nor for a length. */
const MARK = 0xfffe_4b52
const HEAD_BYTES = 16
/** Without mark and check, as journals had them at first. */
const OLD_HEAD_BYTES = 8
/** So many old heads one behind the other are no chance. */
const FOLLOWING = 3

/**
 * Mark, length, CRC-32C of the payload, and a check over these and the place in the file; u32, little-endian. With the
 * check no other bytes are taken for a head, and no record for one that stands elsewhere.
 */
export function encodeHead(payload: Buffer, at: number): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  head.writeUInt32LE(MARK, 0)
  head.writeUInt32LE(payload.length, 4)
  head.writeUInt32LE(crc32c(payload), 8)
  head.writeUInt32LE(checkOf(head, 0, at), 12)
  return head
}

/** The head that begins here, if one does and its payload fits into the file. */
export function headAt(bytes: Buffer, at: number): Head | null {
  if (!isMark(bytes, at) || at + HEAD_BYTES > bytes.length) return null
  const length = bytes.readUInt32LE(at + 4)
  if (length > bytes.length - at - HEAD_BYTES) return null
  if (bytes.readUInt32LE(at + 12) !== checkOf(bytes, at, at)) return null
  return { from: at + HEAD_BYTES, length, sum: bytes.readUInt32LE(at + 8) }
}

function isMark(bytes: Buffer, at: number): boolean {
  return at + 4 <= bytes.length && bytes.readUInt32LE(at) === MARK
}

function checkOf(bytes: Buffer, start: number, at: number): number {
  const covered = Buffer.alloc(20)
  bytes.copy(covered, 0, start, start + 12)
  covered.writeDoubleLE(at, 12)
  return crc32c(covered)
}

/**
 * What may be an old head: length and CRC-32C of the payload, so that many places look like one.
 *
 * @param isSearch behind a bad record: then others must follow it, or the end
 */
export function oldHeadAt(bytes: Buffer, at: number, isSearch: boolean): Head | null {
  const length = oldLengthAt(bytes, at)
  if (length === null || (isSearch && !leadsOn(bytes, at))) return null
  return { from: at + OLD_HEAD_BYTES, length, sum: bytes.readUInt32LE(at + 4) }
}

function leadsOn(bytes: Buffer, start: number): boolean {
  let at = start
  for (let heads = 0; heads < FOLLOWING; heads += 1) {
    const length = oldLengthAt(bytes, at)
    if (length === null) return false
    at += OLD_HEAD_BYTES + length
    if (at === bytes.length || isMark(bytes, at)) return true
  }
  return true
}

/** No JSON text is empty, which keeps a stretch of zeros from passing as heads. */
function oldLengthAt(bytes: Buffer, at: number): number | null {
  if (at + OLD_HEAD_BYTES > bytes.length) return null
  const length = bytes.readUInt32LE(at)
  return length === 0 || length > bytes.length - at - OLD_HEAD_BYTES ? null : length
}

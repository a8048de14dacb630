import { crc32c } from './crc32c.ts'
import { encodeHead, headAt, oldHeadAt, type Head } from './record-head.ts'

/** What a journal's bytes hold. */
export type Scan = {
  /** Every whole record, oldest first, also those behind a damaged stretch. */
  records: unknown[]
  /** Where the last whole record ends: what follows is a torn tail. */
  endBytes: number
  /** Where the first unreadable stretch begins that has whole records behind it. */
  damagedAt: number | null
  /** Bytes that were summed up and belonged to no record. */
  wastedBytes: number
}

/** Makes a payload readable; null when it is none of this journal's at this place. */
export type OpenPayload = (payload: Buffer, at: number) => Buffer | null

/** For every byte of a journal at most so many are summed up in vain before old records are no longer searched for. */
const MOST_WASTE = 8

/** A record as it stands at this place of a journal: its head, then the payload, JSON in UTF-8, sealed or not. */
export function encodeRecord(payload: Buffer, at: number): Buffer {
  return Buffer.concat([encodeHead(payload, at), payload])
}

/** Reads all that can be read. Behind a bad record it looks for the next good one byte by byte. */
export function scanRecords(bytes: Buffer, open: OpenPayload): Scan {
  const scan: Scan = { records: [], endBytes: 0, damagedAt: null, wastedBytes: 0 }
  let hasNew = false
  let at = 0
  while (at < bytes.length) {
    const head = headAt(bytes, at)
    const found = head ?? (hasNew ? null : nextOld(bytes, at, scan))
    const record = found && readRecord(bytes, at, found, open, scan)
    if (!found || !record) {
      at += 1
      continue
    }
    hasNew ||= head !== null // none were added in the old way since
    if (at > scan.endBytes) scan.damagedAt ??= scan.endBytes
    scan.records.push(record.value)
    at = found.from + found.length
    scan.endBytes = at
  }
  return scan
}

function nextOld(bytes: Buffer, at: number, { endBytes, wastedBytes }: Scan): Head | null {
  const isSearch = at > endBytes
  if (isSearch && wastedBytes > MOST_WASTE * bytes.length) return null
  return oldHeadAt(bytes, at, isSearch)
}

/** The whole record behind this head, if it is one. */
function readRecord(
  bytes: Buffer,
  at: number,
  { from, length, sum }: Head,
  open: OpenPayload,
  scan: Scan,
): { value: unknown } | null {
  const payload = bytes.subarray(from, from + length)
  const json = crc32c(payload) === sum ? open(payload, at) : null
  try {
    if (json !== null) return { value: JSON.parse(json.toString('utf8')) }
  } catch {
    // Bytes that sum up and are no text of ours: no record either.
  }
  scan.wastedBytes += length
  return null
}

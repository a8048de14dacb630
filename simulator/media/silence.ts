/**
 * A voice note of silence: Opus in Ogg, mono, as phones record it. There is no encoder here; one
 * packet of silence is three bytes long and the same every time. @see https://www.rfc-editor.org/rfc/rfc7845
 */
const silentPacket = Buffer.from([0xf8, 0xff, 0xfe]) // 20 ms, CELT, full band
const samplesPerPacket = 960 // 20 ms at the 48 kHz that Ogg counts Opus in

export function makeSilence(seconds: number): Buffer {
  const head = Buffer.concat([
    Buffer.from('OpusHead'),
    Buffer.from([1, 1, 0, 0]), // version, channels, no pre-skip
    Buffer.from([0x80, 0xbb, 0, 0, 0, 0, 0]), // 48,000 Hz, no gain, mapping family 0
  ])
  const vendor = Buffer.from('Nordwerk desk')
  const tags = Buffer.concat([
    Buffer.from('OpusTags'),
    Buffer.from([vendor.length, 0, 0, 0]),
    vendor,
    Buffer.alloc(4),
  ])
  const packets = Math.ceil(seconds * 50)
  const pages = [page(0, 0x02, 0, [head]), page(1, 0, 0, [tags])]
  for (let first = 0; first < packets; first += 50) {
    const count = Math.min(50, packets - first)
    const isLast = first + count >= packets
    const bodies = Array.from({ length: count }, () => silentPacket)
    pages.push(page(pages.length, isLast ? 0x04 : 0, (first + count) * samplesPerPacket, bodies))
  }
  return Buffer.concat(pages)
}

/** One Ogg page holding whole packets, each under 255 bytes. */
function page(sequence: number, flags: number, granule: number, packets: Buffer[]): Buffer {
  const header = Buffer.alloc(27)
  header.write('OggS')
  header[5] = flags
  header.writeBigUInt64LE(BigInt(granule), 6)
  header.writeUInt32LE(1, 14) // stream serial number
  header.writeUInt32LE(sequence, 18)
  header[26] = packets.length
  const lengths = Buffer.from(packets.map((packet) => packet.length))
  const whole = Buffer.concat([header, lengths, ...packets])
  whole.writeUInt32LE(checksum(whole), 22)
  return whole
}

function checksum(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

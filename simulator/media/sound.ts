/** Sound as phones record it: Opus in Ogg, mono, 20 ms a packet. @see https://www.rfc-editor.org/rfc/rfc7845 */
const silentPacket = Buffer.from([0xf8, 0xff, 0xfe]) // CELT, full band, the same every time
const packetsPerSecond = 50
const samplesPerPacket = 960 // 20 ms at the 48 kHz that Ogg counts Opus in

/** There is no encoder here, but silence needs none. */
export function makeSilence(seconds: number): Buffer {
  return makeOgg(Array.from({ length: seconds * packetsPerSecond }, () => silentPacket))
}

/** So many seconds of a recording, from its beginning again when it is shorter. */
export function cutSound(ogg: Buffer, seconds: number): Buffer {
  const packets = packetsIn(ogg)
  const length = seconds * packetsPerSecond
  return makeOgg(Array.from({ length }, (_, at) => packets[at % packets.length] ?? silentPacket))
}

/** @param packets each under 255 bytes */
function makeOgg(packets: readonly Buffer[]): Buffer {
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
  const pages = [page(0, 0x02, 0, [head]), page(1, 0, 0, [tags])]
  for (let first = 0; first < packets.length; first += packetsPerSecond) {
    const some = packets.slice(first, first + packetsPerSecond)
    const isLast = first + some.length >= packets.length
    const granule = (first + some.length) * samplesPerPacket
    pages.push(page(pages.length, isLast ? 0x04 : 0, granule, some))
  }
  return Buffer.concat(pages)
}

/** What `makeOgg` put together, without its two header pages. */
function packetsIn(ogg: Buffer): Buffer[] {
  const packets: Buffer[] = []
  for (let at = 0; at < ogg.length;) {
    const lengths = ogg.subarray(at + 27, at + 27 + (ogg[at + 26] ?? 0))
    at += 27 + lengths.length
    for (const length of lengths) {
      packets.push(ogg.subarray(at, at + length))
      at += length
    }
  }
  return packets.slice(2)
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

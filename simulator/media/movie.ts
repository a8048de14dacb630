/**
 * A playable MP4 without an encoder: H.264 pictures whose macroblocks are stored as they are (I_PCM),
 * in the smallest box tree a player accepts. @see ITU-T H.264 7.3, ISO/IEC 14496-12 and -15
 */
import type { Random } from '../world/random.ts'

const [width, height] = [128, 96]
const frames = 12
const framesPerSecond = 6

/** Baseline, level 1, 8 by 6 macroblocks. */
const sequenceParameters = Buffer.from([0x67, 0x42, 0x00, 0x0a, 0xf8, 0x41, 0xa2])
const pictureParameters = Buffer.from([0x68, 0xce, 0x38, 0x80])
/**
 * An IDR slice up to the first macroblock's samples: first_mb 0, type I, parameter set 0, frame 0, an
 * id that must differ from the picture before, order 0, no marking, quantiser as is, then I_PCM, aligned.
 */
const slices = ['1', '010'].map((pictureId) => {
  const bits = ['1', '0001000', '1', '0000', pictureId, '0000', '00', '1', '000011010'].join('')
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
  return Buffer.from([0x65, ...bytes.map((byte) => parseInt(byte, 2))])
})

export function makeMovie(random: Random): Buffer {
  const [blue, red] = [60 + random.below(140), 60 + random.below(140)]
  const samples = Array.from({ length: frames }, (_, index) => frame(index, blue, red))
  const fileType = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'))
  const size = fileType.length + movie(samples, 0).length
  return Buffer.concat([fileType, movie(samples, size + 8), box('mdat', ...samples)])
}

/** One picture: a bright bar that wanders over a flat colour. No sample is 0, so nothing needs escaping. */
function frame(index: number, blue: number, red: number): Buffer {
  const blocks: Buffer[] = slices.slice(index % 2, (index % 2) + 1)
  for (let block = 0; block < (width / 16) * (height / 16); block++) {
    const isBar = block % (width / 16) === index % (width / 16)
    if (block > 0) blocks.push(Buffer.from([0x0d, 0x00])) // mb_type I_PCM, aligned
    blocks.push(Buffer.alloc(256, isBar ? 210 : 90), Buffer.alloc(64, blue), Buffer.alloc(64, red))
  }
  const slice = Buffer.concat([...blocks, Buffer.from([0x80])])
  return Buffer.concat([u32(slice.length), slice])
}

function movie(samples: Buffer[], dataOffset: number): Buffer {
  const duration = u32(frames)
  const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32)
  const header = box(
    'mvhd', u32(0), u32(0), u32(0), u32(framesPerSecond), duration,
    u32(0x10000), u16(0x100), Buffer.alloc(10), ...matrix, Buffer.alloc(24), u32(2),
  ) // prettier-ignore
  const track = box(
    'tkhd', u32(7), u32(0), u32(0), u32(1), u32(0), duration, Buffer.alloc(16),
    ...matrix, u32(width << 16), u32(height << 16),
  ) // prettier-ignore
  const media = box(
    'mdia',
    box('mdhd', u32(0), u32(0), u32(0), u32(framesPerSecond), duration, u16(0x55c4), u16(0)),
    box('hdlr', u32(0), u32(0), text('vide'), Buffer.alloc(13)),
    box(
      'minf',
      box('vmhd', u32(1), Buffer.alloc(8)),
      box('dinf', box('dref', u32(0), u32(1), box('url ', u32(1)))),
      sampleTable(samples, dataOffset),
    ),
  )
  return box('moov', header, box('trak', track, media))
}

function sampleTable(samples: Buffer[], dataOffset: number): Buffer {
  const configuration = box(
    'avcC',
    Buffer.from([1, 0x42, 0x00, 0x0a, 0xff, 0xe1]),
    u16(sequenceParameters.length), sequenceParameters,
    Buffer.from([1]),
    u16(pictureParameters.length), pictureParameters,
  ) // prettier-ignore
  const entry = box(
    'avc1', Buffer.alloc(6), u16(1), Buffer.alloc(16), u16(width), u16(height),
    u32(0x480000), u32(0x480000), u32(0), u16(1), Buffer.alloc(32), u16(24), u16(0xffff), configuration,
  ) // prettier-ignore
  return box(
    'stbl',
    box('stsd', u32(0), u32(1), entry),
    box('stts', u32(0), u32(1), u32(samples.length), u32(1)),
    box('stsc', u32(0), u32(1), u32(1), u32(samples.length), u32(1)),
    box('stsz', u32(0), u32(0), u32(samples.length), ...samples.map(({ length }) => u32(length))),
    box('stco', u32(0), u32(1), u32(dataOffset)),
  )
}

function box(type: string, ...content: Buffer[]): Buffer {
  const inside = Buffer.concat(content)
  return Buffer.concat([u32(inside.length + 8), text(type), inside])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1')
}
